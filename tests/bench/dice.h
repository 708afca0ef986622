/* dice.h - random numbers that are the same on every machine for the same seed (splitmix64). */
#pragma once
#include <glib.h>

typedef struct {
    guint64 state;
} Dice;

static inline guint64 dice_roll(Dice *dice)
{
    guint64 z = (dice->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0 to n - 1; n is not 0. */
static inline guint dice_below(Dice *dice, guint n)
{
    return (guint)(dice_roll(dice) % n);
}

/* TRUE in so many of a thousand rolls. */
static inline gboolean dice_permille(Dice *dice, guint permille)
{
    return dice_below(dice, 1000) < permille;
}

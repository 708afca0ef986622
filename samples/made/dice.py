"""dice.py - chance that falls the same way each time, on every Python: only random() is used of it."""
import random


class Dice(random.Random):
    def pick(self, items):
        return items[int(self.random() * len(items))]

    def below(self, count):
        return int(self.random() * count)

    def letters(self, length, alphabet="ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"):
        return "".join(alphabet[self.below(len(alphabet))] for _ in range(length))

    def guid(self):
        digits = "".join(self.pick("0123456789abcdef") for _ in range(32))
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:]}"

/* html.c - one pass over HTML: runs of text are copied whole, tags are looked at by name. */
#include "hostile/read/html.h"

#include "hostile/read/entity.h"
#include "hostile/read/seek.h"

/* A quoted '>' is looked for this far; quotes that reach farther are noise. */
#define LONGEST_TAG 16384

typedef struct {
    Span html;
    gsize at;
    char *to, *start;
    Span link;                                            /* target of the open <a>, as it stands */
    guint pre;                                            /* open <pre>s */
    gboolean no_style_end, no_script_end, no_comment_end; /* looked for and not there: never again */
} Strip;

typedef enum { TAG_OTHER, TAG_BLOCK, TAG_CELL, TAG_LINK, TAG_PRE, TAG_RAW } TagKind;

#define TAG(name, kind)                                                                                      \
    {                                                                                                        \
        name, sizeof name - 1, kind                                                                          \
    }
static const struct {
    const char *name;
    gsize n;
    TagKind kind;
} tags[] = {
    TAG("a", TAG_LINK),           TAG("p", TAG_BLOCK),       TAG("br", TAG_BLOCK),
    TAG("div", TAG_BLOCK),        TAG("td", TAG_CELL),       TAG("th", TAG_CELL),
    TAG("tr", TAG_BLOCK),         TAG("li", TAG_BLOCK),      TAG("ul", TAG_BLOCK),
    TAG("ol", TAG_BLOCK),         TAG("h1", TAG_BLOCK),      TAG("h2", TAG_BLOCK),
    TAG("h3", TAG_BLOCK),         TAG("h4", TAG_BLOCK),      TAG("h5", TAG_BLOCK),
    TAG("h6", TAG_BLOCK),         TAG("hr", TAG_BLOCK),      TAG("dl", TAG_BLOCK),
    TAG("dt", TAG_BLOCK),         TAG("dd", TAG_BLOCK),      TAG("pre", TAG_PRE),
    TAG("style", TAG_RAW),        TAG("script", TAG_RAW),    TAG("table", TAG_BLOCK),
    TAG("title", TAG_BLOCK),      TAG("body", TAG_BLOCK),    TAG("head", TAG_BLOCK),
    TAG("center", TAG_BLOCK),     TAG("form", TAG_BLOCK),    TAG("option", TAG_BLOCK),
    TAG("address", TAG_BLOCK),    TAG("article", TAG_BLOCK), TAG("section", TAG_BLOCK),
    TAG("header", TAG_BLOCK),     TAG("footer", TAG_BLOCK),  TAG("caption", TAG_BLOCK),
    TAG("blockquote", TAG_BLOCK),
};

static TagKind tag_kind(Span name)
{
    for (guint i = 0; name.n && i < G_N_ELEMENTS(tags); i++)
        if (name.n == tags[i].n && (name.p[0] | 0x20) == tags[i].name[0] &&
            g_ascii_strncasecmp(name.p, tags[i].name, name.n) == 0)
            return tags[i].kind;
    return TAG_OTHER;
}

static void end_line(Strip *strip)
{
    while (strip->to > strip->start && strip->to[-1] == ' ')
        strip->to--;
    if (strip->to > strip->start && strip->to[-1] != '\n')
        *strip->to++ = '\n';
}

static void copy_entity(Strip *strip, const char *p, gsize room, gsize *taken)
{
    char utf8[4] = {'&'};
    guint n = 1;
    *taken = entity_decode((Span){p, room}, utf8, &n);
    if (!*taken) {
        *taken = 1;
        utf8[0] = '&';
        n = 1;
    }
    memcpy(strip->to, utf8, n);
    strip->to += n;
}

/* Text with entities; outside <pre>, a line end is a blank. */
static void copy_text(Strip *strip, const char *p, gsize n)
{
    while (n) {
        gsize run = seek_copy((Span){p, n}, '&', strip->pre ? '\n' : ' ', strip->to);
        strip->to += run;
        p += run;
        n -= run;
        if (n) {
            gsize taken;
            copy_entity(strip, p, n, &taken);
            p += taken;
            n -= taken;
        }
    }
}

/* " <target>" behind a link's text. Targets inside the page, and a text that is its own target, say nothing. */
static void close_link(Strip *strip)
{
    Span link = strip->link;
    strip->link = SPAN_NONE;
    if (!link.n || link.p[0] == '#')
        return;
    gsize before = (gsize)(strip->to - strip->start);
    if (before >= link.n && memcmp(strip->to - link.n, link.p, link.n) == 0)
        return;
    *strip->to++ = ' ';
    *strip->to++ = '<';
    copy_text(strip, link.p, link.n);
    *strip->to++ = '>';
}

/* The end of the tag whose '<' stands at `at`: its '>', quotes honoured unless they never close. */
static gsize tag_end(Span html, gsize at)
{
    const char *close = memchr(html.p + at, '>', html.n - at);
    if (!close)
        return html.n;
    gsize end = (gsize)(close - html.p);
    const char *quote = memchr(html.p + at, '"', end - at);
    if (!quote)
        return end;
    for (gsize i = at; i < html.n && i - at < LONGEST_TAG; i++) {
        if (html.p[i] == '>')
            return i;
        if (html.p[i] == '<' && i > at)
            return end; /* a quote that is not closed before the next tag is noise */
        if (html.p[i] == '"') {
            const char *second = memchr(html.p + i + 1, '"', html.n - i - 1);
            if (!second || (gsize)(second - html.p) - i > LONGEST_TAG)
                return end;
            i = (gsize)(second - html.p);
        }
    }
    return end;
}

/* The value of href in a tag's attributes. */
static Span find_href(Span tag)
{
    for (gsize at = 0; at + 5 < tag.n; at++) {
        if ((tag.p[at] | 0x20) != 'h' || g_ascii_strncasecmp(tag.p + at, "href", 4) != 0)
            continue;
        gsize from = at + 4;
        while (from < tag.n && (g_ascii_isspace(tag.p[from]) || tag.p[from] == '='))
            from++;
        if (from == tag.n)
            break;
        char quote = tag.p[from];
        if (quote == '"' || quote == '\'') {
            const char *close = memchr(tag.p + from + 1, quote, tag.n - from - 1);
            gsize end = close ? (gsize)(close - tag.p) : tag.n;
            return span_trim((Span){tag.p + from + 1, end - from - 1});
        }
        gsize end = from;
        while (end < tag.n && !g_ascii_isspace(tag.p[end]))
            end++;
        return (Span){tag.p + from, end - from};
    }
    return SPAN_NONE;
}

/* Step behind what is in <style> or <script>. When it never closes, nothing is hidden: it is read as text. */
static void skip_raw(Strip *strip, Span name)
{
    gboolean *no_end = span_is(name, "style") ? &strip->no_style_end : &strip->no_script_end;
    Span html = strip->html;
    for (gsize at = strip->at; !*no_end;) {
        const char *open = memmem(html.p + at, html.n - at, "</", 2);
        *no_end = open == NULL;
        at = open ? (gsize)(open - html.p) : at;
        if (open && at + 2 + name.n <= html.n && g_ascii_strncasecmp(open + 2, name.p, name.n) == 0) {
            strip->at = at;
            return;
        }
        at += 2;
    }
}

/* Behind the comment at `at`; when it never closes, behind its first '>'. */
static gsize comment_end(Strip *strip, gsize at)
{
    Span html = strip->html;
    const char *end = NULL;
    if (html.n - at >= 7 && !strip->no_comment_end)
        end = memmem(html.p + at + 4, html.n - at - 4, "-->", 3);
    strip->no_comment_end = end == NULL;
    return end ? (gsize)(end - html.p) + 3 : tag_end(html, at) + 1;
}

static void act_on_tag(Strip *strip, Span name, Span attributes, gboolean closing)
{
    TagKind kind = tag_kind(name);
    if (kind == TAG_LINK) {
        close_link(strip);
        strip->link = closing ? SPAN_NONE : find_href(attributes);
    } else if (kind == TAG_BLOCK || kind == TAG_PRE) {
        end_line(strip);
        if (kind == TAG_PRE)
            strip->pre = closing ? strip->pre - (strip->pre > 0) : strip->pre + 1;
    } else if (kind == TAG_CELL && strip->to > strip->start && strip->to[-1] != '\n' &&
               strip->to[-1] != ' ') {
        *strip->to++ = ' ';
    } else if (kind == TAG_RAW && !closing) {
        skip_raw(strip, name);
    }
}

/* What begins with '<' at strip->at; a '<' that opens no tag is text. */
static void take_tag(Strip *strip)
{
    Span html = strip->html;
    gsize at = strip->at + 1;
    gboolean closing = at < html.n && html.p[at] == '/';
    at += closing ? 1 : 0;
    if (at < html.n && (html.p[at] == '!' || html.p[at] == '?') && !closing) {
        gboolean comment = html.n - at > 2 && html.p[at + 1] == '-' && html.p[at + 2] == '-';
        strip->at = MIN(comment ? comment_end(strip, at - 1) : tag_end(html, at) + 1, html.n);
        return;
    }
    if (at >= html.n || !g_ascii_isalpha(html.p[at])) {
        *strip->to++ = '<';
        strip->at++;
        return;
    }
    gsize name_end = at;
    while (name_end < html.n && g_ascii_isalnum(html.p[name_end]))
        name_end++;
    gsize end = tag_end(html, at);
    strip->at = MIN(end + 1, html.n);
    name_end = MIN(name_end, end);
    act_on_tag(strip, (Span){html.p + at, name_end - at}, (Span){html.p + name_end, end - name_end}, closing);
}

gboolean html_strip(Span html, Scratch *out)
{
    if (!scratch_reserve(out, html.n + 1 + SEEK_COPY_SLACK))
        return FALSE;
    Strip strip = {.html = html, .to = out->p + out->n, .start = out->p + out->n};
    while (strip.at < html.n) {
        const char *p = html.p + strip.at;
        const char *open = memchr(p, '<', html.n - strip.at);
        gsize run = open ? (gsize)(open - p) : html.n - strip.at;
        copy_text(&strip, p, run);
        strip.at += run;
        if (open)
            take_tag(&strip);
    }
    close_link(&strip);
    out->n = (gsize)(strip.to - out->p);
    return TRUE;
}

gboolean html_looks(Span text)
{
    Span front = span_trim((Span){text.p, MIN(text.n, 512)});
    if (!front.n || front.p[0] != '<')
        return FALSE;
    if (span_begins(front, "<!doctype html") || span_begins(front, "<html") || span_begins(front, "<head") ||
        span_begins(front, "<body"))
        return TRUE;
    return memmem(front.p, front.n, "<html", 5) || memmem(front.p, front.n, "<HTML", 5);
}

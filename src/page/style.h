/* style.h - the style sheet of the page, style.css as it was at build time. */
#pragma once

extern const char page_style[];

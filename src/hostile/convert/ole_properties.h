/* ole_properties.h - the properties of an old Office file, after [MS-OLEPS]. */
#pragma once
#include "hostile/convert/made.h"

/* The texts of a property set stream, each on a line. */
void ole_properties(Span stream, Made *made);

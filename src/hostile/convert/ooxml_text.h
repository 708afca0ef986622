/* ooxml_text.h - XML of an Office file to text: paragraphs, links, properties. */
#pragma once
#include "hostile/convert/made.h"
#include "hostile/convert/ooxml_place.h"
#include "hostile/convert/xml.h"

/* What of the entry could not be told is the walk's end; text goes to `made`. */
XmlEnd ooxml_text(Zip *zip, PlaceKind kind, Made *made);

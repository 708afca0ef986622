/* unwrap.h - parts of a mail that are an Outlook item in a file: TNEF and MSG, told by their bytes. */
#pragma once
#include "hostile/open/canon.h"
#include "hostile/read/reader.h"

/* For reader_set_forms. `hashing` must live as long as the reader, and must not be in use while it reads. */
ReaderForms unwrap_forms(Hashing *hashing);

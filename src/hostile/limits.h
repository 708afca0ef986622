/* limits.h - every ceiling that outside bytes can meet, with its reason and the gap that it leaves.
 *
 * Limits count bytes and objects, so that a run gives the same result on any machine.  The clocks leave a
 * retryable gap, but for those of OCR (doc/decisions/0121). */
#pragma once

/* One message. Exchange Online allows 150 MB; what is longer is hashed whole, its first bytes are read.
 * Gap "message-too-large". */
#define LIMIT_MESSAGE_BYTES (160UL << 20)
/* All header fields of one entity. Real mail stays under 64 KiB. Gap "header-too-large". */
#define LIMIT_HEADER_BYTES (256UL << 10)
/* Fields of one entity. Gap "header-too-large". */
#define LIMIT_HEADER_FIELDS 2000
/* Nesting of multipart and message/rfc822. The stack is the reason. Gap "too-deep". */
#define LIMIT_DEPTH 32
/* Nodes in one message. Gap "too-many-parts". */
#define LIMIT_PARTS 2000
/* Addresses over all fields of one message. Gap "too-many-addresses". */
#define LIMIT_ADDRESSES 10000
/* Mentions in one message. Gap "too-many-mentions". */
#define LIMIT_MENTIONS 1000
/* Decoded text of one part handed to the scanner. Gap "text-too-large". */
#define LIMIT_TEXT_BYTES (64UL << 20)
/* Matches in one part; more says "a list", not "more". Gap "too-many-matches". */
#define LIMIT_MATCHES 1000
/* One decoded header value (subject, name, file name). Gap "header-too-large". */
#define LIMIT_VALUE_BYTES (16UL << 10)
/* Encoded words or parameter sections in one value. Gap "header-too-large". */
#define LIMIT_VALUE_WORDS 1000
/* Rows of one message, encoded. Gap "rows-too-large". */
#define LIMIT_FRAME_BYTES (32UL << 20)
/* One record of a log. Exchange splits at some ten KiB; a record of a whole export in one array would be all of it.
 * Gap "record-too-large". */
#define LIMIT_LOG_RECORD_BYTES (16UL << 20)
/* Objects within objects of a record, and records within strings of records. The stack is the reason. Gap
 * "record-not-json", "record-unknown". */
#define LIMIT_LOG_DEPTH 64
#define LIMIT_LOG_WRAPPERS 6
/* One text of a record: client names and folder paths stay far below. It is cut there. */
#define LIMIT_LOG_TEXT_BYTES 1000
/* A log that cannot be cut into ranges (CSV, one array) is read as one unit, whose rows must fit memory. It
 * is listed as a file "log-too-large". */
#define LIMIT_LOG_WHOLE_BYTES (1UL << 30)
/* A log in UTF-16 is decoded as a whole. Gap "log-too-large". */
#define LIMIT_LOG_UTF16_BYTES (192UL << 20)
/* CPU time of a box on one message before it is ended. Gap "cpu-time", retryable. */
#define LIMIT_MESSAGE_CPU_SECONDS 20
/* CPU time of a converter's box: all but bombs end within a second. Gap "cpu-time", retryable. */
#define LIMIT_PART_CPU_SECONDS 10
/* Address space of a reader box: window, decoded part, text, libraries. Gap "crashed" when malloc fails. */
#define LIMIT_BOX_ADDRESS_SPACE (1UL << 30)

/* An Outlook item with its attachments and the items within, as the message that it was. Gap "message-too-large". */
#define LIMIT_ITEM_BYTES LIMIT_MESSAGE_BYTES
/* Properties of one item, those of its recipients and attachments too. Real items have some hundred, and ten for each
 * recipient. Gap "too-many-properties". */
#define LIMIT_ITEM_PROPERTIES 200000
/* Items within items: each is two levels of the message, whose depth is LIMIT_DEPTH. Gap "too-deep". */
#define LIMIT_ITEM_DEPTH 15
/* Messages in other forms (TNEF, MSG) within one message, together: each holds another, and streams may share their
 * bytes. Gap "message-too-large". */
#define LIMIT_UNWRAPPED_BYTES (2 * LIMIT_MESSAGE_BYTES)
/* Streams and storages of a compound file: ten for each recipient. Gap "item-damaged". */
#define LIMIT_CFB_ENTRIES 400000

/* Members of an archive that is a source. A mailbox of 50 GB, a file for each mail, has some 700,000. Gap
 * "too-many-entries". */
#define LIMIT_ARCHIVE_MEMBERS 2000000
/* The name of a member, with its folders. It is cut there. */
#define LIMIT_ARCHIVE_NAME_BYTES 4096UL
/* What the members of an archive of a source unpack to: this much, and so many times the archive. Mail compresses to a
 * tenth, logs to a thirtieth. Gap "zip-bomb". */
#define LIMIT_ARCHIVE_FREE_BYTES (1UL << 30)
#define LIMIT_ARCHIVE_RATIO 250UL
/* Gaps of one archive. What is behind them is one gap "too-many-gaps". */
#define LIMIT_ARCHIVE_GAPS 10000

/* Text that a converter makes of one part: a book is 1 MiB, a table of a million cells 10. Gap "text-too-large". */
#define LIMIT_CONVERTED_TEXT_BYTES (32UL << 20)
/* Gaps of one converted part, a file of pictures has hundreds. What is behind them is one gap "too-many-gaps". */
#define LIMIT_CONVERT_GAPS 100
/* Entries of a zip. Real documents have some hundred. Gap "too-many-entries". */
#define LIMIT_ZIP_ENTRIES 10000
/* What all entries of a zip inflate to together: a table of a million cells is 100 MiB. Gap "inflated-too-large". */
#define LIMIT_ZIP_INFLATED_BYTES (512UL << 20)
/* Times that one entry may inflate beyond its first MiB. XML stays under 60, bombs begin at 1,000. Gap "zip-bomb". */
#define LIMIT_ZIP_RATIO 250UL
/* Nesting of XML elements. The parser's stack is the reason. Gap "too-deep". */
#define LIMIT_XML_DEPTH 200
/* Pages of a PDF, and entries on one level of its outline: 4 ms each. Gap "too-many-pages". */
#define LIMIT_PDF_PAGES 2000
/* Files within files, as a picture in a document in an archive in a mail. The stack is the reason. Gap "too-deep". */
#define LIMIT_INNER_DEPTH 8
/* Files within one part, on all levels. Gap "too-many-entries". */
#define LIMIT_INNER_FILES 10000
/* What they unpack to together. Gap "inflated-too-large". */
#define LIMIT_INNER_BYTES (192UL << 20)
/* Pixels of a picture that is looked at for text, or of a page that is drawn to be: A4 at 600 dpi has 35 million. Gap
 * "picture-too-large". */
#define LIMIT_PICTURE_PIXELS (40UL * 1000 * 1000)
/* Pages of a TIFF: to find one, all before it are stepped over. Gap "too-many-pages". */
#define LIMIT_PICTURE_PAGES 500
/* Pages of one part that are looked at for text: of a PDF, of a TIFF, pictures within. Each takes one or two seconds of
 * processor time; whoever scans a book for a few words pays for the whole. Gap "needs-ocr", of pictures
 * "too-many-pages". */
#define LIMIT_OCR_PAGES 50
/* Processor time for them together, and for one: a page of small print takes five seconds, noise takes minutes. They
 * come on top of LIMIT_PART_CPU_SECONDS. Gap "needs-ocr", of pictures "ocr-time" and "too-many-pages". */
#define LIMIT_OCR_PART_SECONDS 150
#define LIMIT_OCR_PAGE_SECONDS 20
/* Nesting of groups in RTF. Gap "too-deep". */
#define LIMIT_RTF_DEPTH 500
/* What the compressed RTF of an Outlook item inflates to: a letter is a few KiB. Gap "text-too-large". */
#define LIMIT_RTF_BYTES (32UL << 20)
/* What the conversions of one request make together; parts behind it are asked for again. No gap. */
#define LIMIT_ANSWER_TEXT_BYTES (96UL << 20)
/* Rows of one conversion: matches and gaps. Gap "rows-too-large". */
#define LIMIT_CONVERSION_ROWS_BYTES (4UL << 20)
/* Bytes of a part that can come out of a message. It cannot be met: the message has its own limit. */
#define LIMIT_PART_BYTES LIMIT_MESSAGE_BYTES
/* Rows of what one customer sees of one message: the largest mail with all its attachments in base64 would be more
 * than a box's memory. Gap "rows-too-large". */
#define LIMIT_RELEASE_ROWS_BYTES (256UL << 20)
/* Bytes that are hashed at a time when a message is looked for at its place. No gap. */
#define LIMIT_RELEASE_HASH_BYTES (256UL << 10)

/* What reading one item of a PST may read from the file, its attachments included, each time that it is named. Twice a
 * message, and half as much again for lists. Gap "item-damaged". */
#define LIMIT_PST_ITEM_BYTES (512UL << 20)
/* Properties or table of one node. A folder of a million items has 40 MiB. Gap "item-damaged". */
#define LIMIT_PST_HEAP_BYTES (96UL << 20)
/* Blocks of one value: the largest message has 20,000. Gap "item-damaged". */
#define LIMIT_PST_BLOCKS (1U << 18)
/* Nodes below one node: an attachment or a long value each. Gap "item-damaged". */
#define LIMIT_PST_SUBNODES (1U << 16)
/* Items of one file: 50 GB, the most that Outlook allows, of 6 KiB each. Gap "pst-too-many-items". */
#define LIMIT_PST_PLACES (8U << 20)
/* What a box that looks for deleted items in a PST may need for one more second, of the processor and on the clock: it
 * answers once it has seen the whole file. Gaps "cpu-time" and "stalled", retryable. */
#define LIMIT_PST_CPU_BYTES (128UL << 20)
#define LIMIT_PST_STALL_BYTES (16UL << 20)
/* Folders of one file, and folders within folders. Gap "pst-too-many-items"; the path is cut. */
#define LIMIT_PST_FOLDERS (1U << 16)
#define LIMIT_PST_FOLDER_DEPTH 64
/* Blocks of trees that are no more, kept to recover what was deleted. Items whose blocks are behind them are not
 * recovered. Gap "pst-too-many-items". */
#define LIMIT_PST_OLD_BLOCKS (1U << 20)

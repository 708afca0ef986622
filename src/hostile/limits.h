/* limits.h - every ceiling that outside bytes can meet, with its reason and the gap that it leaves.
 *
 * Limits count bytes and objects, so that a run gives the same result on any machine.  The one clock
 * (LIMIT_MESSAGE_CPU_SECONDS) leaves a retryable gap. */
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
/* CPU time of a box on one message before it is ended. Gap "cpu-time", retryable. */
#define LIMIT_MESSAGE_CPU_SECONDS 20
/* Address space of a reader box: window, decoded part, text, libraries. Gap "crashed" when malloc fails. */
#define LIMIT_BOX_ADDRESS_SPACE (1UL << 30)

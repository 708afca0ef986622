"""mime.py - messages as bytes: header, parts, encodings."""
import base64
import quopri

WEEK_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def header_text(text):
    """As RFC 2047 wants it: encoded words where it is not ASCII, none of them longer than a line."""
    if text.isascii():
        return text
    words = [text[at:at + 15] for at in range(0, len(text), 15)]
    return "\n ".join(f"=?utf-8?b?{base64.b64encode(word.encode()).decode()}?=" for word in words)


def address_text(name, address):
    if name.isascii():
        return f'"{name}" <{address}>'
    return f"{header_text(name)} <{address}>"


def date_text(when):
    return (f"{WEEK_DAYS[when.weekday()]}, {when.day:02} {MONTHS[when.month - 1]} {when.year} "
            f"{when:%H:%M:%S} +0000")


def leaf(media_type, content, encoding="base64", name=None):
    """A part that is no multipart: its header, a blank line, its encoded bytes."""
    body = {"7bit": lambda: content, "8bit": lambda: content, "base64": lambda: base64.encodebytes(content),
            "quoted-printable": lambda: quopri.encodestring(content)}[encoding]()
    disposition = ""
    if name:
        plain = name if name.isascii() else header_text(name).replace("\n ", " ")
        disposition = f'Content-Disposition: attachment; filename="{plain}"\n'
    head = f"Content-Type: {media_type}\nContent-Transfer-Encoding: {encoding}\n{disposition}\n"
    return head.encode() + body + (b"" if body.endswith(b"\n") else b"\n")


def text_leaf(text, charset="utf-8", encoding="quoted-printable", subtype="plain"):
    return leaf(f'text/{subtype}; charset="{charset}"', text.encode(charset), encoding)


def multipart(subtype, boundary, parts):
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"\n'.encode()
    return head + b"".join(f"\n--{boundary}\n".encode() + part for part in parts) + f"\n--{boundary}--\n".encode()


def nested(raw):
    """A message that is attached whole."""
    return b"Content-Type: message/rfc822\n\n" + raw


def html_of(text):
    """The text as a mail program would write it in HTML."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    paragraphs = "".join(f"<p>{piece}</p>\n".replace("\n", "<br>\n", piece.count("\n"))
                         for piece in safe.strip().split("\n\n"))
    return f"<html><head><style>p {{margin: 0 0 1em}}</style></head><body>\n{paragraphs}</body></html>\n"

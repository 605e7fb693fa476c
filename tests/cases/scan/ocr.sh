# What OCR reads in a picture is found and shown to a person; the picture stays undecided all the same.
review text --ocr "$CASES/scan/picture.png" | grep -q 'read by OCR' || { echo 'no OCR in this build, or no language of it'; exit 77; }
cp "$CASES/scan/picture.png" .
review scan --ocr picture.png; echo "exit $?"
echo '# without OCR'
review scan picture.png; echo "exit $?"

/* office_test.c - office documents made by hand: each place where text can hide has a word of its own,
 * which must be told, with its place. */
#include "office/office.h"

#include "reading.h"
#include "zipping.h"

#include <stdlib.h>

#define W "<w:document xmlns:w='w' xmlns:a='a' xmlns:wp='wp' xmlns:mc='mc' xmlns:r='r'><w:body>"
#define W_END "</w:body></w:document>"
#define RELS "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define REL(id, type, target) "<Relationship Id='" id "' Type='http://x/" type "' Target='" target "'/>"

/* What is inside other than office documents is told as it is: nobody else's reader is needed here. */
static void read_any(struct reader *r, const struct part *part)
{
	if (part->len > 1 && memcmp(part->bytes, "PK", 2) == 0)
		office_read(r, part);
	else
		reader_bytes(r, FLOW_BODY, "", NULL, part->bytes, part->len);
}

/* Names and contents by turns, ended by NULL. */
static char *told_of(const char *const *parts)
{
	struct made made = {0};
	char *all;

	for (; parts[0] != NULL; parts += 2)
		add(&made, (struct item){.name = parts[0], .data = parts[1]});
	finish(&made, 0, "");
	all = reading_of(read_any, "a.zip", made.file.data, made.file.len);
	buf_release(&made.file);
	return all;
}

static void expect(const char *all, const char *told)
{
	if (strstr(all, told) == NULL)
		fail_msg("not told: %s\nbut:\n%s", told, all);
}

static void expect_not(const char *all, const char *told)
{
	if (strstr(all, told) != NULL)
		fail_msg("told: %s\nin:\n%s", told, all);
}

static char *told_of_document(const char *document)
{
	const char *const parts[] = {"[Content_Types].xml", "<Types/>", "_rels/.rels",
	                             RELS REL("1", "officeDocument", "word/document.xml") "</Relationships>",
	                             "word/document.xml", document, "word/_rels/document.xml.rels",
	                             RELS REL("1", "styles", "styles.xml") "</Relationships>", "word/styles.xml",
	                             "<w:styles xmlns:w='w'><w:style w:styleId='Quiet'><w:rPr><w:vanish/></w:rPr></w:style>"
	                             "</w:styles>",
	                             NULL};

	return told_of(parts);
}

static void an_archive_is_its_entries_each_by_its_bytes(void **state)
{
	const char *const parts[] = {"a/b.txt", "text", "c.txt", "more", "d/", "", NULL};
	char *all = told_of(parts);

	(void)state;
	assert_string_equal(all, "[filename] a/b.txt: a/b.txt\nbytes [body] a/b.txt (a/b.txt, ): 4 bytes: text\n"
	                         "[filename] c.txt: c.txt\nbytes [body] c.txt (c.txt, ): 4 bytes: more\n[filename] : d/\nend\n");
	free(all);
}

static void runs_are_joined_and_paragraphs_counted(void **state)
{
	char *all = told_of_document(W "<w:p><w:r><w:t>one</w:t></w:r></w:p><w:p><w:r><w:t>机</w:t></w:r><w:r><w:rPr><w:b/>"
	                               "</w:rPr><w:t>密</w:t><w:tab/><w:t>x</w:t></w:r></w:p>" W_END);

	(void)state;
	expect(all, "[body] : {paragraph 1}one / {paragraph 2}机密\tx\n");
	expect_not(all, "undecided");
	expect_not(all, "observed");
	expect_not(all, "[hidden]");
	free(all);
}

static void cells_are_apart_by_tabs_and_rows_by_lines(void **state)
{
	char *all = told_of_document(W "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t>"
	                               "</w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr>"
	                               "</w:tbl>" W_END);

	(void)state;
	expect(all, "{paragraph 1}a\t{paragraph 2}b / {paragraph 3}c");
	free(all);
}

static void deleted_text_is_hidden_and_told_with_what_is_around_it(void **state)
{
	char *all = told_of_document(W "<w:p><w:r><w:t>a</w:t></w:r><w:del w:author='王伟'><w:r><w:delText>DELETED</w:delText></w:r>"
	                               "</w:del><w:ins w:author='Li'><w:r><w:t>b</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>MOVED"
	                               "</w:t></w:r></w:moveFrom></w:p>" W_END);

	(void)state;
	expect(all, "[body] : {paragraph 1}ab\n");
	expect(all, "[hidden] : {paragraph 1}aDELETEDbMOVED / aDELETEDMOVED\n");
	expect(all, "observed tracked-change: paragraph 1\n");
	expect(all, "王伟");
	free(all);
}

static void what_is_set_to_be_unseen_is_hidden(void **state)
{
	static const char *const looks[] = {"<w:vanish/>", "<w:color w:val='FFFFFF'/>", "<w:sz w:val='2'/>",
	                                    "<w:rStyle w:val='Quiet'/>"};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		char *xml = mem_format("%s<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr>%s</w:rPr><w:t>UNSEEN</w:t></w:r></w:p>%s", W,
		                       looks[i], W_END);
		char *all = told_of_document(xml);

		expect(all, "[body] : {paragraph 1}a\n");
		expect(all, "[hidden] : {paragraph 1}aUNSEEN\n");
		expect(all, "observed hidden-text: paragraph 1\n");
		free(all);
		free(xml);
	}
}

static void what_only_looks_like_hiding_is_seen(void **state)
{
	static const char *const looks[] = {
		"<w:vanish w:val='0'/>", "<w:color w:val='FFFFFF'/><w:shd w:fill='000000'/>", "<w:sz w:val='21'/>",
		"<w:rStyle w:val='Loud'/>", "<w:color w:val='FFFFFF'/><w:highlight w:val='black'/>"};

	(void)state;
	for (size_t i = 0; i < sizeof(looks) / sizeof(looks[0]); i++) {
		char *xml = mem_format("%s<w:p><w:r><w:rPr>%s</w:rPr><w:t>seen</w:t></w:r></w:p>%s", W, looks[i], W_END);
		char *all = told_of_document(xml);

		expect(all, "[body] : {paragraph 1}seen\n");
		expect_not(all, "hidden");
		free(all);
		free(xml);
	}
}

static void a_former_look_hides_nothing(void **state)
{
	char *all = told_of_document(W "<w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>seen"
	                               "</w:t></w:r></w:p>" W_END);

	(void)state;
	expect(all, "[body] : {paragraph 1}seen\n");
	expect(all, "observed tracked-change: paragraph 1\n");
	free(all);
}

static void text_boxes_are_told_once_though_written_twice(void **state)
{
	char *all = told_of_document(
		W "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>BOX</w:t></w:r></w:p></w:txbxContent>"
		  "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>BOX</w:t></w:r></w:p><w:p><w:r><w:t>OTHER</w:t></w:r></w:p>"
		  "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>" W_END);

	(void)state;
	expect(all, "[body] : {paragraph 2}BOX\n");
	expect(all, "[hidden] : {paragraph 4}OTHER\n");
	free(all);
}

static void fields_links_and_alternative_texts_are_told(void **state)
{
	char *all = told_of_document(
		W "<w:p><w:r><w:fldChar/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT \"C:\\x\"</w:instrText>"
		  "</w:r><w:r><w:fldChar/></w:r><w:r><w:drawing><wp:docPr descr='ALTTEXT'/></w:drawing></w:r>"
		  "<w:r><w:sym w:char='F041'/></w:r></w:p>" W_END);

	(void)state;
	expect(all, " INCLUDETEXT \"C:\\x\"");
	expect(all, "observed external-link: field in paragraph 1\n");
	expect(all, "ALTTEXT");
	expect(all, "[body] : {paragraph 1}A\n");
	free(all);
}

static void parts_of_a_document_have_kinds_and_places(void **state)
{
	const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "_rels/.rels",
		RELS REL("1", "officeDocument", "/word/document.xml") REL("2", "core-properties", "docProps/core.xml")
			REL("3", "thumbnail", "docProps/thumbnail.jpeg") "</Relationships>",
		"word/document.xml", W "<w:p><w:r><w:t>b</w:t></w:r></w:p>" W_END, "word/_rels/document.xml.rels",
		RELS REL("1", "header", "header2.xml") REL("2", "comments", "comments.xml") REL("3", "footnotes", "footnotes.xml")
			REL("4", "printerSettings", "p.bin") "<Relationship Id='5' Type='x/attachedTemplate' TargetMode='External' "
		                                         "Target='file:///C:/Users/SOMEBODY/t.dotm'/></Relationships>",
		"word/header2.xml", "<w:hdr xmlns:w='w'><w:p><w:r><w:t>HEAD</w:t></w:r></w:p></w:hdr>", "word/comments.xml",
		"<w:comments xmlns:w='w'><w:comment w:author='王伟'><w:p><w:r><w:t>REMARK</w:t></w:r></w:p></w:comment></w:comments>",
		"word/footnotes.xml",
		"<w:footnotes xmlns:w='w'><w:footnote w:id='3'><w:p><w:r><w:t>NOTE</w:t></w:r></w:p></w:footnote></w:footnotes>",
		"docProps/core.xml",
		"<cp:coreProperties xmlns:cp='cp' xmlns:dc='dc'><dc:creator>AUTHOR</dc:creator></cp:coreProperties>",
		"docProps/thumbnail.jpeg", "JPEG", "word/p.bin", "\\\\SERVER\\printer", "word/orphan.xml", "<x y='ATTR'>ORPHAN</x>",
		NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "[header] header 2: {header 2}HEAD\n");
	expect(all, "[comment] comments: {comment by 王伟}REMARK\n");
	expect(all, "observed comment: comment by 王伟\n");
	expect(all, "[body] footnotes: {footnote 3}NOTE\n");
	expect(all, "[metadata] properties: AUTHOR");
	expect(all, "observed properties: properties\n");
	expect(all, "observed thumbnail: thumbnail thumbnail.jpeg\n");
	expect(all, "observed binary-data: printer settings p.bin\n");
	expect(all, "[hidden] printer settings p.bin: \\\\SERVER\\printer");
	expect(all, "observed external-link: attachedTemplate: file:///C:/Users/SOMEBODY/t.dotm\n");
	expect(all, "observed unlisted-data: part word/orphan.xml\n");
	expect(all, "[metadata] word/orphan.xml: ORPHAN");
	expect(all, "ATTR");
	free(all);
}

static const char workbook[] =
	"<workbook xmlns:r='r'><sheets><sheet name='First' r:id='1'/><sheet name='Second' state='veryHidden' r:id='2'/></sheets>"
	"<definedNames><definedName name='DEFINED' hidden='1'>First!$A$1</definedName></definedNames></workbook>";

static char *told_of_workbook(const char *first, const char *second)
{
	const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "_rels/.rels", RELS REL("1", "officeDocument", "xl/workbook.xml") "</Relationships>",
		"xl/workbook.xml", workbook, "xl/_rels/workbook.xml.rels",
		RELS REL("1", "worksheet", "a.xml") REL("2", "worksheet", "b.xml") REL("3", "sharedStrings", "s.xml")
			REL("4", "styles", "styles.xml") "</Relationships>",
		"xl/a.xml", first, "xl/b.xml", second, "xl/s.xml",
		"<sst><si><r><t>sha</t></r><r><t>red</t></r><rPh><t>GUIDE</t></rPh></si><si><t>UNUSED</t></si></sst>", "xl/styles.xml",
		"<styleSheet><numFmts><numFmt numFmtId='170' formatCode=';;;'/></numFmts><fonts><font/><font><color rgb='FFFFFFFF'/>"
		"</font></fonts><fills><fill><patternFill patternType='none'/></fill></fills><cellXfs><xf numFmtId='0' fontId='0' "
		"fillId='0'/><xf numFmtId='170' fontId='0' fillId='0'/><xf numFmtId='0' fontId='1' fillId='0'/></cellXfs></styleSheet>",
		NULL};

	return told_of(parts);
}

static void cells_have_places_and_hidden_sheets_are_hidden(void **state)
{
	char *all = told_of_workbook("<worksheet><sheetData><row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2'><f>1+\"FORMULA\"</f><v>42.5"
	                             "</v></c><c r='D2' t='inlineStr'><is><t>INLINE</t></is></c></row></sheetData><dataValidation "
	                             "prompt='PROMPT'><formula1>\"LIST\"</formula1></dataValidation></worksheet>",
	                             "<worksheet><sheetData><row r='1'><c r='B1'><v>7</v></c></row></sheetData></worksheet>");

	(void)state;
	expect(all, "[body] First: {First!A2}shared\t{First!C2}42.5\t{First!D2}INLINE\n");
	expect(all, "[metadata] First, formulas: {First!C2}1+\"FORMULA\"\n");
	expect(all, "[metadata] First, settings: \"LIST\"");
	expect(all, "PROMPT");
	expect(all, "observed hidden-sheet: Second\n");
	expect(all, "[hidden] Second: {Second!B1}7\n");
	expect(all, "[hidden] text no cell shows: UNUSED");
	expect(all, "[metadata] phonetic guides: GUIDE");
	expect(all, "DEFINED");
	expect_not(all, "undecided");
	free(all);
}

static void cells_nobody_sees_are_hidden(void **state)
{
	char *all = told_of_workbook(
		"<worksheet><cols><col min='3' max='4' hidden='1'/></cols><sheetData><row r='1' hidden='1'><c r='A1'><v>ROW</v></c></row>"
		"<row r='2'><c r='A2'><v>seen</v></c><c r='C2'><v>COLUMN</v></c></row><row r='3'><c r='A3' s='1'><v>FORMAT</v></c>"
		"<c r='B3' s='2'><v>WHITE</v></c></row></sheetData></worksheet>",
		"<worksheet/>");

	(void)state;
	expect(all, "[body] First: {First!A2}seen\n");
	expect(all, "[hidden] First: {First!A1}ROW\t{First!C2}COLUMN\t{First!A3}FORMAT\t{First!B3}WHITE\n");
	expect(all, "observed hidden-cells: First!row 1\n");
	expect(all, "observed hidden-cells: First!column 3 to 4\n");
	expect(all, "observed hidden-text: First!A3\n");
	expect(all, "observed hidden-text: First!B3\n");
	free(all);
}

static void one_character_a_cell_is_told_in_one_piece(void **state)
{
	char *all = told_of_workbook(
		"<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>机</v></c><c r='B1' t='str'><v>密</v></c></row><row r='2'><c r='A2' "
		"t='str'><v>要</v></c></row></sheetData></worksheet>",
		"<worksheet/>");

	(void)state;
	expect(all, "First!A1 and 1 more cells together: 机密\n");
	expect(all, "First!A1 and 1 more cells together: 机要\n");
	free(all);
}

/* Records: their type, their length, their bytes. */
static const char book_records[] = "\x0D\x01x" "\x9C\x01\x1C" "\2\0\0\0\1\0\0\0" "\1\0\0\0001\0" "\5\0\0\0B\0i\0n\0a\0r\0";
static const char sheet_records[] =
	"\0\x11\1\0\0\0" "\0\0\0\0\0\0\0\0\0\0\0\0\0"
	"\x06\x10\2\0\0\0\0\0\0\0\2\0\0\0\x3A\x67\xC6\x5B"
	"\x02\x0C\3\0\0\0\0\0\0\0\x1E\0\0\0"
	"\x0C\x04\0\0\0\0" "\x11\x0C\0\0\0\0\2\0\0\0\x3A\x67\xC6\x5B"
	"\0\x11\2\0\0\0" "\0\0\0\0\0\0\0\x10\0\0\0\0\0"
	"\x02\x0C\0\0\0\0\0\0\0\0\x0B\0\0\0"
	"\xDF\x03\x26\0\0\6\0\0\0&\0L\0\x3A\x67&\0B\0\xC6\x5B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF";

static char *told_of_records(const char *book, size_t len)
{
	struct made made = {0};
	char *all;

	add(&made, (struct item){.name = "_rels/.rels", .data = RELS REL("1", "officeDocument", "w.bin") "</Relationships>"});
	add(&made, (struct item){.name = "_rels/w.bin.rels", .data = RELS REL("1", "worksheet", "s.bin") "</Relationships>"});
	add(&made, (struct item){.name = "w.bin", .data = book, .data_len = len});
	add(&made, (struct item){.name = "s.bin", .data = sheet_records, .data_len = sizeof(sheet_records) - 1});
	finish(&made, 0, "");
	all = reading_of(read_any, "a.xlsb", made.file.data, made.file.len);
	buf_release(&made.file);
	return all;
}

static void workbooks_of_records_have_cells_too(void **state)
{
	char *all = told_of_records(book_records, sizeof(book_records) - 1);

	(void)state;
	expect(all, "observed hidden-sheet: Binar\n");
	expect(all, "[hidden] Binar: {Binar!C2}机密\t{Binar!D2}7\t{Binar!F2}机密\n");
	expect(all, "[hidden] Binar: {Binar!A3}0.02\n");
	expect(all, "observed hidden-cells: Binar!row 3\n");
	expect(all, "[metadata] Binar, settings: 机密");
	expect_not(all, "undecided");
	free(all);
}

static void the_record_of_a_sheet_may_be_one_of_an_early_excel(void **state)
{
	static const char early[] = "\x9C\x01\x20" "\2\0\0\0\0\0\0\0\1\0\0\0" "\1\0\0\0001\0" "\5\0\0\0B\0i\0n\0a\0r\0";
	static const char neither[] = "\x9C\x01\x20" "\2\0\0\0\0\0\0\0\1\0\0\0" "\1\0\0\0001\0" "\6\0\0\0B\0i\0n\0a\0r\0";
	char *all = told_of_records(early, sizeof(early) - 1);

	(void)state;
	expect(all, "[hidden] Binar: {Binar!C2}机密\t{Binar!D2}7\t{Binar!F2}机密\n");
	expect_not(all, "undecided");
	free(all);
	all = told_of_records(neither, sizeof(neither) - 1);
	expect(all, "undecided: officeDocument: damaged records\n");
	free(all);
}

static void slides_have_numbers_notes_and_places_off_the_page(void **state)
{
	const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "_rels/.rels",
		RELS REL("1", "officeDocument", "ppt/presentation.xml") "</Relationships>", "ppt/presentation.xml",
		"<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='9'/><p:sldId id='257' r:id='1'/></p:sldIdLst>"
		"<p:sldSz cx='100' cy='100'/></p:presentation>",
		"ppt/_rels/presentation.xml.rels",
		RELS REL("1", "slide", "slides/slide1.xml") REL("9", "slide", "slides/slide9.xml") "</Relationships>",
		"ppt/slides/slide1.xml",
		"<p:sld xmlns:p='p' xmlns:a='a' show='0'><p:sp><a:p><a:r><a:t>SECOND</a:t></a:r></a:p></p:sp></p:sld>",
		"ppt/slides/slide9.xml",
		"<p:sld xmlns:p='p' xmlns:a='a'><p:sp><p:spPr><a:xfrm><a:off x='10' y='10'/><a:ext cx='10' cy='10'/></a:xfrm></p:spPr><a:p>"
		"<a:r><a:t>ON</a:t></a:r></a:p></p:sp><p:sp><p:spPr><a:xfrm><a:off x='200' y='10'/><a:ext cx='10' cy='10'/></a:xfrm>"
		"</p:spPr><a:p><a:r><a:t>OFF</a:t></a:r></a:p></p:sp><p:sp><p:cNvPr hidden='1'/><a:p><a:r><a:t>GONE</a:t></a:r></a:p>"
		"</p:sp></p:sld>",
		"ppt/slides/_rels/slide9.xml.rels", RELS REL("1", "notesSlide", "../notes/n.xml") "</Relationships>", "ppt/notes/n.xml",
		"<p:notes xmlns:p='p' xmlns:a='a'><a:p><a:r><a:t>SPOKEN</a:t></a:r></a:p></p:notes>", NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "[body] slide 1: {slide 1}ON\n");
	expect(all, "[hidden] slide 1: {slide 1}OFF / GONE\n");
	expect(all, "observed hidden-text: slide 1\n");
	expect(all, "observed hidden-slide: slide 2\n");
	expect(all, "[hidden] slide 2: {slide 2}SECOND\n");
	expect(all, "[comment] slide 1 notes: {slide 1 notes}SPOKEN\n");
	expect(all, "observed speaker-notes: slide 1 notes\n");
	free(all);
}

static void damaged_parts_are_undecided_and_told_as_bytes(void **state)
{
	char *all = told_of_document(W "<w:p><w:r><w:t>SECRET</w:t></w:r>");

	(void)state;
	expect(all, "undecided: damaged XML");
	expect(all, "SECRET");
	free(all);
}

#define ODF_NAMES "xmlns:office='o' xmlns:text='t' xmlns:table='tb' xmlns:draw='d' xmlns:style='s' xmlns:dc='dc' xmlns:presentation='p'"
#define ODF(body) "<office:document-content " ODF_NAMES "><office:automatic-styles><style:style style:name='T9'>" \
	"<style:text-properties text:display='none'/></style:style></office:automatic-styles><office:body>" body "</office:body></office:document-content>"

static char *told_of_odf(const char *content)
{
	const char *const parts[] = {"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", content, "META-INF/manifest.xml",
	                             "<manifest><file-entry full-path='content.xml'/></manifest>", NULL};

	return told_of(parts);
}

static void comments_and_deletions_of_opendocument_have_names_and_kinds(void **state)
{
	char *all = told_of_odf(ODF("<office:text><text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>W"
	                            "</dc:creator></office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
	                            "<text:p>be<office:annotation><dc:creator>Z</dc:creator><text:p>note</text:p></office:annotation>fore"
	                            "<text:span text:style-name='T9'>unseen</text:span></text:p></office:text>"));

	(void)state;
	expect(all, "[hidden] : {tracked change by W}gone");
	expect(all, "[comment] : {comment by Z}note");
	expect(all, "[body] : {paragraph 3}before");
	expect(all, "{paragraph 3}beforeunseen");
	expect(all, "observed tracked-change: tracked change");
	expect(all, "observed hidden-text: paragraph 3");
	expect_not(all, "undecided");
	free(all);
}

static void cells_of_opendocument_have_places(void **state)
{
	char *all = told_of_odf(ODF("<office:spreadsheet><table:table table:name='One'><table:table-row><table:table-cell/><table:table-cell>"
	                            "<text:p>b1</text:p></table:table-cell></table:table-row><table:table-row table:visibility='collapse'>"
	                            "<table:table-cell><text:p>a2</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"));

	(void)state;
	expect(all, "[body] : {One!B1}b1");
	expect(all, "[hidden] : {One!A2}a2");
	expect(all, "observed hidden-cells: One!");
	free(all);
}

static void encrypted_parts_are_undecided_by_name(void **state)
{
	const char *const parts[] = {"mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "xx", "META-INF/manifest.xml",
	                             "<manifest><file-entry full-path='content.xml'><encryption-data/></file-entry></manifest>", NULL};
	const char *const book[] = {"mimetype", "application/epub+zip", "a.xhtml", "xx", "META-INF/encryption.xml",
	                            "<encryption><EncryptionMethod Algorithm='aes'/><CipherReference URI='a.xhtml'/></encryption>", NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "undecided: content.xml: encrypted");
	free(all);
	all = told_of(book);
	expect(all, "undecided: a.xhtml: encrypted");
	free(all);
}

static void pages_of_ofd_have_numbers_and_what_is_not_shown_is_hidden(void **state)
{
	const char *const parts[] = {
		"OFD.xml", "<OFD><DocInfo><Author>W</Author></DocInfo><DocRoot>D/Document.xml</DocRoot></OFD>", "D/Document.xml",
		"<Document><PhysicalBox>0 0 210 297</PhysicalBox><Pages><Page BaseLoc='P/1.xml'/></Pages></Document>", "D/P/1.xml",
		"<Page><TextObject Boundary='1 1 9 9'><TextCode>se</TextCode><TextCode>en</TextCode></TextObject><TextObject Boundary='900 1 9 9'>"
		"<TextCode>away</TextCode></TextObject><TextObject Visible='false'><TextCode>off</TextCode></TextObject></Page>",
		"D/stray.bin", "stray", NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "[body] page 1: seen");
	expect(all, "[hidden] page 1: away / off");
	expect(all, "observed hidden-text: page 1");
	expect(all, "observed properties: document properties OFD.xml");
	expect(all, "observed unlisted-data: part D/stray.bin");
	free(all);
}

static void pages_pasted_in_keep_their_names(void **state)
{
	const char *const parts[] = {"_rels/.rels", RELS REL("1", "officeDocument", "word/document.xml") "</Relationships>",
	                             "word/document.xml", W "<w:p><w:r><w:t>a</w:t></w:r></w:p>" W_END,
	                             "word/_rels/document.xml.rels", RELS REL("1", "aFChunk", "chunk.html") "</Relationships>",
	                             "word/chunk.html", "<p>ke<b>hu</b>", NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "embedded document chunk.html (chunk.html, ): 14 bytes");
	free(all);
}

static void two_families_in_one_container_are_a_polyglot(void **state)
{
	const char *const parts[] = {"mimetype", "application/vnd.oasis.opendocument.text", "[Content_Types].xml", "<Types/>", NULL};
	char *all = told_of(parts);

	(void)state;
	expect(all, "observed polyglot: Office Open XML and OpenDocument\n");
	free(all);
}

static void no_prefix_and_no_changed_byte_is_fatal(void **state)
{
	struct made made = {0};

	(void)state;
	add(&made, (struct item){.name = "_rels/.rels", .data = RELS REL("1", "officeDocument", "d") "</Relationships>"});
	add(&made, (struct item){.name = "d", .data = W "<w:p><w:r><w:t>a</w:t></w:r></w:p>" W_END, .deflated = true});
	finish(&made, 0, "");
	for (size_t len = 0; len < made.file.len; len++) {
		char *copy = mem_copy_bytes(made.file.data, len), *all = reading_of(office_read, "", copy, len);

		expect(all, "undecided");
		free(all);
		free(copy);
	}
	for (size_t at = 0; at < made.file.len; at++) {
		made.file.data[at] = (char)(made.file.data[at] ^ 1 << at % 8);
		free(reading_of(read_any, "", made.file.data, made.file.len));
		made.file.data[at] = (char)(made.file.data[at] ^ 1 << at % 8);
	}
	buf_release(&made.file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_archive_is_its_entries_each_by_its_bytes),
		cmocka_unit_test(runs_are_joined_and_paragraphs_counted),
		cmocka_unit_test(cells_are_apart_by_tabs_and_rows_by_lines),
		cmocka_unit_test(deleted_text_is_hidden_and_told_with_what_is_around_it),
		cmocka_unit_test(what_is_set_to_be_unseen_is_hidden),
		cmocka_unit_test(what_only_looks_like_hiding_is_seen),
		cmocka_unit_test(a_former_look_hides_nothing),
		cmocka_unit_test(text_boxes_are_told_once_though_written_twice),
		cmocka_unit_test(fields_links_and_alternative_texts_are_told),
		cmocka_unit_test(parts_of_a_document_have_kinds_and_places),
		cmocka_unit_test(cells_have_places_and_hidden_sheets_are_hidden),
		cmocka_unit_test(cells_nobody_sees_are_hidden),
		cmocka_unit_test(one_character_a_cell_is_told_in_one_piece),
		cmocka_unit_test(workbooks_of_records_have_cells_too),
		cmocka_unit_test(the_record_of_a_sheet_may_be_one_of_an_early_excel),
		cmocka_unit_test(slides_have_numbers_notes_and_places_off_the_page),
		cmocka_unit_test(damaged_parts_are_undecided_and_told_as_bytes),
		cmocka_unit_test(comments_and_deletions_of_opendocument_have_names_and_kinds),
		cmocka_unit_test(cells_of_opendocument_have_places),
		cmocka_unit_test(encrypted_parts_are_undecided_by_name),
		cmocka_unit_test(pages_of_ofd_have_numbers_and_what_is_not_shown_is_hidden),
		cmocka_unit_test(pages_pasted_in_keep_their_names),
		cmocka_unit_test(two_families_in_one_container_are_a_polyglot),
		cmocka_unit_test(no_prefix_and_no_changed_byte_is_fatal),
	};

	office_warm();
	return cmocka_run_group_tests(tests, NULL, NULL);
}

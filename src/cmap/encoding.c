/* encoding.c - the encodings PDF knows by name (ISO 32000-1 annex D), as the characters of codes 0x20 and
 * up (and 0xA0 and up, where there is a hole before), U+FFFD where there is none. */
#include "cmap/glyph.h"

#include "base/utf8.h"

#include <string.h>

static const char ascii[] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
static const char standard_low[] = " !\"#$%&’()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_‘abcdefghijklmnopqrstuvwxyz{|}~";
static const char standard_high[] =
	"\uFFFD¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\uFFFD–†‡·\uFFFD¶•‚„”»…‰\uFFFD¿\uFFFD`´ˆ˜¯˘˙¨\uFFFD˚¸\uFFFD˝˛ˇ"
	"—\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
	"Æ\uFFFDª\uFFFD\uFFFD\uFFFD\uFFFDŁØŒº\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDæ\uFFFD\uFFFD\uFFFDı\uFFFD\uFFFDłøœß";
static const char windows_high[] = /* from 0x7F */
	"•€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ ¡¢£¤¥¦§¨©ª«¬-®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
static const char mac_high[] = /* from 0x80 */
	"ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uFFFDÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
static const char symbol_low[] =
	" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\uFFFDαβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼";
static const char symbol_high[] =
	"€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uFFFD〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";
static const char dingbats_low[] =
	" ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞";
static const char dingbats_high[] = /* from 0x80 */
	"❨❩❪❫❬❭❮❯❰❱❲❳❴❵\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"
	"\uFFFD❡❢❣❤❥❦❧♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯\uFFFD➱➲➳➴➵➶➷➸➹➺➻➼➽➾";

static const struct {
	const char *name, *low, *high;
	unsigned char high_from;
} encodings[] = {
	[ENCODING_NONE] = {"", "", "", 0xFF},
	[ENCODING_STANDARD] = {"StandardEncoding", standard_low, standard_high, 0xA0},
	[ENCODING_WIN_ANSI] = {"WinAnsiEncoding", ascii, windows_high, 0x7F},
	[ENCODING_MAC_ROMAN] = {"MacRomanEncoding", ascii, mac_high, 0x80},
	[ENCODING_SYMBOL] = {"", symbol_low, symbol_high, 0xA0},
	[ENCODING_DINGBATS] = {"", dingbats_low, dingbats_high, 0x80},
};

enum encoding encoding_named(const char *name)
{
	for (int i = ENCODING_STANDARD; i <= ENCODING_MAC_ROMAN; i++)
		if (strcmp(encodings[i].name, name) == 0)
			return (enum encoding)i;
	return ENCODING_NONE;
}

static uint32_t nth(const char *text, unsigned n)
{
	uint32_t c = 0;

	for (unsigned i = 0; *text != '\0'; i++) {
		text += utf8_decode(text, strlen(text), &c);
		if (i == n)
			return c != 0xFFFD ? c : 0;
	}
	return 0;
}

uint32_t encoding_text(enum encoding encoding, unsigned char code)
{
	if (code >= encodings[encoding].high_from)
		return nth(encodings[encoding].high, (unsigned)code - encodings[encoding].high_from);
	return code >= 0x20 ? nth(encodings[encoding].low, code - 0x20u) : 0;
}

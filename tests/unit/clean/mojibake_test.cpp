// Mojibake: what must be repaired, and what must be left alone.

#include <gtest/gtest.h>

#include "clean/mojibake.h"
#include "clean/repair.h"
#include "text/utf8.h"

namespace copydesk::clean {
namespace {

std::string repaired(std::string_view text) {
  return apply_edits(text, repair(text, {}));
}

/// `text` as a program shows it that takes its UTF-8 for windows-1252.
std::string garbled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char32_t shown = byte;
    if (byte >= 0x80 && byte < 0xA0 && windows_1252(byte) != 0) shown = windows_1252(byte);
    text::append_utf8(out, shown);
  }
  return out;
}

/// No-break spaces made plain ones, as many programs do.
std::string with_plain_spaces(std::string text) {
  for (std::size_t at = 0; (at = text.find("\xC2\xA0")) != std::string::npos;) {
    text.replace(at, 2, " ");
  }
  return text;
}

constexpr const char* kMeant[] = {
    // one character is enough where no text looks like it
    "it’s", "“quoted”", "a – b", "wait…", "café", "naïve", "Zürich", "Köln", "señor", "façade",
    "très", "déjà vu", "Ångström", "smörgås", "£5", "20 °C", "© 2020", "½ cup", "€100", "20 €",
    "Brand™", "→ next", "● item", "😀 fun", "🎉", "crème brûlée", "jalapeño", "Übermut", "coûte",
    "élève", "à côté", "über", "Äpfel", "größer", "Straße", "weiß", "España", "niño", "año",
    "¿Qué?", "¡Hola!", "ação", "coração", "não", "são", "três", "você", "è vero", "perché", "città",
    "più", "così", "Malmö", "Gävle", "Tromsø", "Århus", "fjällräven", "«oui» déjà", "l’été", "d’où",
    "“Así”", "Don’t – stop", "façon", "forêt", "île", "Noël", "où", "hôtel", "œuvre très", "±5",
    "§ 12", "µm", "×2 größer", "¥100", "¼ und ¾", "naïveté", "São Paulo", "Perú", "Bogotá",
    "Göteborg", "mañana", "pingüino", "coöperatie", "café’s", "‘single’", "• bullet", "† note",
    // several where one could be text
    "Привет, мир", "Доброе утро", "Новости дня", "Київ і Львів", "Καλημέρα κόσμε", "Αθήνα σήμερα",
    "łódź", "święta", "Wałęsa w Gdańsku", "zażółć gęślą jaźń", "čeština", "Příliš žluťoučký kůň",
    "Škoda Plzeň", "ığdır şehri", "İstanbul’da güneş", "مرحبا بالعالم", "שלום עולם",
    "日本語のニュース", "中文新闻", "한국어 뉴스", "ภาษาไทย", "Nguyễn Văn", "Đà Nẵng ở Việt Nam",
    "Țară românească"};

constexpr const char* kRight[] = {
    // languages with many accents
    "Všetko", "Příliš žluťoučký kůň úpěl", "Zażółć gęślą jaźń", "Çağdaş Türkçe", "Ångström", "Ærø",
    "São Tomé", "Güneş", "Œuvre", "Æsir", "Þórr", "Ďáblice", "Łódź", "Şişli", "İzmir", "Żółw",
    "Ćevapi", "Đakovo", "Žižkov", "Österreich", "Île-de-France", "Âge", "Ânes", "Éire", "Ñandú",
    // capitals before quotes, dashes and signs
    "«CAMPEÃO»", "“MANHÔ", "«MANHû", "‘À’", "«Â»", "L’Âme", "CAMPEÔ.", "HÔTEL – PARIS", "VOILÀ…",
    "MÃE – FILHO", "IRMû é", "AMANHÃ…", "“Ã”", "SEÑOR – SÍ", "ÇA – VA", "À – B", "Å–", "‘Å’",
    // symbols and prices
    "5 €", "€5", "£5 – £10", "20°C", "©2020", "®", "5½", "¿Sí?", "±1", "§5", "1 × 2", "“…”",
    "– … –", "«…»", "‘90s", "’tis", "•", "†‡", "‰", "ƒ", "ˆ˜", "™",
    // accents before quotes
    "café…”", "“olé”", "«été»", "né ‘x’", "è “x”", "à «y»", "ô…", "ê–", "ï »", "ë’s", "ã…", "â…",
    "Citroën’s", "Renée’s “é”", "résumé—", "Pelé’s", "José – Maria"};

TEST(Mojibake, IsRepaired) {
  for (const char* text : kMeant) EXPECT_EQ(repaired(garbled(text)), text) << garbled(text);
}

TEST(Mojibake, ReadWronglyTwiceIsRepairedTwice) {
  for (const char* text : {"it’s", "café au lait", "größer", "“so” – said"}) {
    EXPECT_EQ(repaired(garbled(garbled(text))), text) << garbled(garbled(text));
  }
}

TEST(Mojibake, OfWordsInCapitalsAndOfSigns) {
  for (const char* text : {"HOMMÉS", "CAFÉ, Profile", "OEKO-TEX®", "SYNC® at work", "a 4×4, used",
                           "17.1× | 6.3", "2408×1506", "1.6\xE2\x80\x89m", "ÉCOLE"}) {
    const std::string expected = std::string(text) == "1.6\xE2\x80\x89m" ? "1.6 m" : text;
    EXPECT_EQ(repaired(garbled(text)), expected) << garbled(text);
  }
}

TEST(Mojibake, OfSingleWordsOfEasternEurope) {
  for (const char* text : {"Wrocław: nowe", "juz, już taka", "Sprawdź program", "siedzi się tam",
                           "w Sędziowskiej", "nie łącz", "Dudała"}) {
    EXPECT_EQ(repaired(garbled(text)), text) << garbled(text);
  }
}

TEST(Mojibake, ReadWronglyTwiceAndThrice) {
  for (const char* text : {"360° clips", "up to £1,000", "GeForce ® GTX", "Mélanie", "JUŻ, już"}) {
    EXPECT_EQ(repaired(garbled(garbled(text))), text) << text;
    EXPECT_EQ(repaired(garbled(garbled(garbled(text)))), text) << text;
  }
}

/// No-break spaces became plain ones before or after the text was read wrongly.
TEST(Mojibake, WithLostNoBreakSpaces) {
  EXPECT_EQ(repaired("in the show,Â Arsenault cameÂ face-to-face"),
            "in the show, Arsenault came face-to-face");
  EXPECT_EQ(repaired("200Â 000 people"), "200 000 people");
  EXPECT_EQ(repaired("la scalabilitÃ  e la cittÃ , poi la quantitÃ di"),
            "la scalabilità e la città, poi la quantità di");
  for (const char* text : {"Россия, Рим", "Παρίσι και Πάτρα", "Ð", "чай с чабрецом"}) {
    EXPECT_EQ(repaired(with_plain_spaces(garbled(text))), text) << garbled(text);
  }
}

TEST(Mojibake, OfAPartOfALine) {
  EXPECT_EQ(repaired(garbled("Владимир Чуров") + " в минувший вторник"),
            "Владимир Чуров в минувший вторник");
  EXPECT_EQ(repaired(garbled("图为1月16日公布") + "的照片"), "图为1月16日公布的照片");
}

TEST(Mojibake, LettersThatAreNamedStay) {
  for (const char* text : {"the letter Â is rare", "Ã, Â and À", "À, Â – Ã", "the letter “Ã”",
                           "AMANHÃ — HOJE", "AMANHÃ em Lisboa", "HYVÄ… ja", "BRÅ – TRE", "CAFÉ®",
                           "1 Å = 0,1 nm", "Å›", "né »", "«a été”»", "IRMÃ", "vocÊ, VOCÊ®"}) {
    EXPECT_EQ(repaired(text), text);
  }
}

TEST(Mojibake, TextThatIsRightStays) {
  for (const char* text : kRight) EXPECT_EQ(repaired(text), text);
  for (const char* text : kMeant) EXPECT_EQ(repaired(text), text);
}

TEST(Mojibake, OfOneWordInALineThatIsRight) {
  EXPECT_EQ(repaired("Zürich und KÃ¶ln, “so”"), "Zürich und Köln, “so”");
  EXPECT_EQ(repaired("– DrÃ¥"), "– Drå");
}

}  // namespace
}  // namespace copydesk::clean

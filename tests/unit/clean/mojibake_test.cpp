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

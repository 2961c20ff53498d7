// boilerpipe behind the contract that ../adapter.py describes. Run as a single source file: java -cp 'LIB/*' Extract.java ARGUMENTS
import de.l3s.boilerpipe.document.TextDocument;
import de.l3s.boilerpipe.extractors.ArticleExtractor;
import de.l3s.boilerpipe.sax.BoilerpipeSAXInput;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.InputSource;

public class Extract {
  static final Pattern CHARSET = Pattern.compile("charset\\s*=\\s*[\"']?\\s*([\\w.:-]+)", Pattern.CASE_INSENSITIVE);

  static String decode(byte[] page) {
    String head = new String(page, 0, Math.min(page.length, 4096), StandardCharsets.ISO_8859_1);
    Matcher declared = CHARSET.matcher(head);
    String[] names = {declared.find() ? declared.group(1) : "UTF-8", "UTF-8"};
    for (String name : names) {
      try {
        return Charset.forName(name).newDecoder().decode(ByteBuffer.wrap(page)).toString();
      } catch (CharacterCodingException | IllegalArgumentException e) {
        // an unknown or a wrong label: the next one
      }
    }
    return new String(page, Charset.forName("windows-1252"));
  }

  static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); ++i) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') out.append('\\').append(c);
      else if (c < 0x20 || Character.isSurrogate(c)) out.append(String.format("\\u%04x", (int) c));
      else out.append(c);
    }
    out.append('"');
  }

  public static void main(String[] args) throws Exception {
    List<String> inputs = Files.readAllLines(Path.of(args[1]));
    int rounds = Integer.parseInt(args[4]);
    int errors = 0;
    long size = 0;
    List<String> seconds = new ArrayList<>();
    List<String> cpu = new ArrayList<>();
    StringBuilder output = new StringBuilder();
    for (int round = 0; round < rounds; ++round) {
      long spent = 0;
      long used = 0;
      for (String line : inputs) {
        String[] parts = line.split("\t");
        byte[] page = Files.readAllBytes(Path.of(parts[1]));
        long start = System.nanoTime();
        long begun = processor();
        String text = "";
        String title = "";
        String failure = null;
        try {
          InputSource source = new InputSource(new StringReader(decode(page)));
          TextDocument document = new BoilerpipeSAXInput(source).getTextDocument();
          text = ArticleExtractor.INSTANCE.getText(document);
          title = document.getTitle() == null ? "" : document.getTitle();
        } catch (Exception | StackOverflowError e) {
          failure = e.toString();
        }
        spent += System.nanoTime() - start;
        used += processor() - begun;
        if (round > 0) continue;
        size += page.length;
        errors += failure == null ? 0 : 1;
        append(output, parts[0], text, title, failure);
      }
      seconds.add(String.format(Locale.ROOT, "%.6f", spent / 1e9));
      cpu.add(String.format(Locale.ROOT, "%.6f", used / 1e9));
    }
    Files.writeString(Path.of(args[2]), output);
    Files.writeString(Path.of(args[3]), String.format(Locale.ROOT,
        "{\"documents\": %d, \"bytes\": %d, \"errors\": %d, \"seconds\": [%s], \"cpu\": [%s]}",
        inputs.size(), size, errors, String.join(", ", seconds), String.join(", ", cpu)));
  }

  static long processor() {
    return ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  static void append(StringBuilder output, String id, String text, String title, String failure) {
    output.append("{\"id\": ");
    quote(output, id);
    output.append(", \"text\": ");
    quote(output, text);
    output.append(", \"title\": ");
    quote(output, title);
    if (failure != null) {
      output.append(", \"error\": ");
      quote(output, failure);
    }
    output.append("}\n");
  }
}

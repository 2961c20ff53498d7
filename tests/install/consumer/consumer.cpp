// A program of somebody else's, built against the installed library: counts the documents of a
// stream.
#include <iostream>
#include <variant>

#include <copydesk/stream.h>

int main(int argc, char** argv) {
  copydesk::ReadOptions options;
  options.files.assign(argv + 1, argv + argc);
  copydesk::DocumentReader reader(options);
  int documents = 0;
  while (auto item = reader.next()) documents += std::holds_alternative<copydesk::Document>(*item);
  std::cout << documents << " documents\n";
}

"""The bench: installs peers, runs them and copydesk over the same bytes, scores, measures, writes docs/benchmarks.md."""

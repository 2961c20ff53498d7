// Article extractors of the Go world behind the contract that ../adapter.py describes.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	distiller "github.com/markusmobius/go-domdistiller"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html/charset"
)

type record map[string]any

// The page as UTF-8, for the peers that take nothing else.
func decode(page []byte) io.Reader {
	reader, err := charset.NewReader(bytes.NewReader(page), "text/html")
	if err != nil {
		return bytes.NewReader(page)
	}
	return reader
}

func day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Format(time.RFC3339)
}

func authors(name string) any {
	if name == "" {
		return nil
	}
	return strings.Split(name, "; ")
}

func runTrafilatura(fallback bool) func([]byte) (record, error) {
	return func(page []byte) (record, error) {
		result, err := trafilatura.Extract(bytes.NewReader(page), trafilatura.Options{EnableFallback: fallback, ExcludeComments: true})
		if err != nil {
			return nil, err
		}
		m := result.Metadata
		return record{"text": result.ContentText, "title": m.Title, "author": authors(m.Author), "date": day(m.Date), "site": m.Sitename}, nil
	}
}

func runReadability(page []byte) (record, error) {
	article, err := readability.FromReader(decode(page), nil)
	if err != nil {
		return nil, err
	}
	var text strings.Builder
	if article.Node != nil {
		if err := article.RenderText(&text); err != nil {
			return nil, err
		}
	}
	published, _ := article.PublishedTime()
	return record{"text": text.String(), "title": article.Title(), "author": authors(article.Byline()), "date": day(published), "site": article.SiteName()}, nil
}

func runDistiller(page []byte) (record, error) {
	result, err := distiller.ApplyForReader(decode(page), nil)
	if err != nil {
		return nil, err
	}
	info := result.MarkupInfo
	return record{"text": result.Text, "title": result.Title, "author": authors(info.Author), "date": info.Article.PublishedTime, "site": info.Publisher}, nil
}

// A peer that panics on a page has failed on that page only.
func guarded(work func([]byte) (record, error), page []byte) (result record, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return work(page)
}

// Processor time of the process so far, the collector's included.
func processor() time.Duration {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	work := map[string]func([]byte) (record, error){
		"go-trafilatura":          runTrafilatura(false),
		"go-trafilatura-fallback": runTrafilatura(true),
		"go-readability":          runReadability,
		"go-domdistiller":         runDistiller,
	}[os.Args[1]]
	rounds, err := strconv.Atoi(os.Args[5])
	must(err)
	list, err := os.ReadFile(os.Args[2])
	must(err)
	inputs := strings.Split(strings.TrimSpace(string(list)), "\n")
	var output bytes.Buffer
	writer := json.NewEncoder(&output)
	var seconds, cpu []float64
	size, errors := 0, 0
	for round := 0; round < rounds; round++ {
		var spent, used time.Duration
		for _, line := range inputs {
			id, path, _ := strings.Cut(line, "\t")
			page, err := os.ReadFile(path)
			must(err)
			start, begun := time.Now(), processor()
			result, err := guarded(work, page)
			spent += time.Since(start)
			used += processor() - begun
			if round > 0 {
				continue
			}
			if err != nil {
				errors++
				result = record{"error": err.Error()}
			}
			size += len(page)
			result["id"] = id
			must(writer.Encode(result))
		}
		seconds, cpu = append(seconds, spent.Seconds()), append(cpu, used.Seconds())
	}
	must(os.WriteFile(os.Args[3], output.Bytes(), 0o644))
	report, err := json.Marshal(record{"documents": len(inputs), "bytes": size, "errors": errors, "seconds": seconds, "cpu": cpu})
	must(err)
	must(os.WriteFile(os.Args[4], report, 0o644))
}

#!/usr/bin/env bash
# Makes the environment that noisy_extract.py runs in: noisy_setup.sh FOLDER
# Needs python3 with venv, node and npm, and their package registries.
set -eu
folder=$1
mkdir -p "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --upgrade pip
"$folder/venv/bin/pip" install -q lxml_html_clean==0.4.6 trafilatura==2.3.1 readability-lxml==0.9 \
  newspaper4k==0.9.6 jusText==3.0.2 boilerpy3==1.0.7 resiliparse==2.0.1 html-text==0.7.1 \
  inscriptis==2.7.6
(cd "$folder" && npm init -y > npm.log && npm install @mozilla/readability jsdom >> npm.log)
"$folder/venv/bin/pip" list --format=freeze

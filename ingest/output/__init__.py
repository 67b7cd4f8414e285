"""Write answers: tables and pages for people, complete json, jsonl, csv and markdown for programs."""

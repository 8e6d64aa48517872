// Package reports turns what became of every row into files and words.
//
//	[Open]          the run's own folder, proved writable before the first POST
//	[Folder.Write]  results -> results.csv, failed.csv, remaining.csv, in_doubt.csv,
//	                summary.json, in one pass and in constant memory
//	[Summary]       the counts and groups behind it all; summary.json is its JSON
//	[Summary.Text]  the same in plain words, for the person who reads the mail
//	[ExitCode]      the same as one number, for cron
//
// A file appears whole or not at all. Folders are 0700 and files 0600: the CSV
// files hold names, contacts and personal links. The summary holds none of them,
// so it may be printed and mailed.
package reports

package main

import "bulkinvite/reports"

// placeWords are the flags that lead to this ledger, for other commands to type next;
// each has a space before it. What the environment and a configuration file say that
// needs no flag is left out.
func (s Settings) placeWords() string {
	words := ""
	add := func(name, value string) { words += " --" + name + " " + reports.ShellWord(value) }
	typed := func(name string) bool {
		from, _ := s.Given(name)
		return from.Source == FromFlag
	}
	if s.config != "" {
		add(configFlag, s.config)
	}
	if typed("state") {
		add("state", s.State)
	}
	switch {
	case !s.moved && !typed("env") && !typed("api-url") && !typed("simulate"):
		if s.unsimulated {
			words += " --simulate=false"
		}
	case s.Simulate:
		words += " --simulate"
	case s.APIURL != "":
		add("api-url", s.APIURL)
	default:
		add("env", s.Env)
	}
	return words
}

// adoptWords are campaignWords for adopt, which reads phone numbers as the run does.
func (s Settings) adoptWords() string {
	words := s.campaignWords()
	if from, _ := s.Given("region"); from.Source == FromFlag || s.reregioned {
		words += " --region " + s.Region
	}
	return words
}

// campaignWords are placeWords for a command that is about one campaign.
func (s Settings) campaignWords() string {
	words := s.placeWords()
	if from, _ := s.Given("campaign"); from.Source == FromFlag || s.recampaigned {
		words += " --campaign " + s.Campaign
	}
	return words
}

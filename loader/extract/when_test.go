package extract

import (
	"testing"
	"time"
)

func TestMoments(t *testing.T) {
	model := coder(t).model
	published := time.Date(2024, 1, 17, 0, 0, 0, 0, time.UTC) // a Wednesday
	for _, tt := range []struct{ text, want string }{
		{"The strike hit the town on Tuesday.", "2024-01-16"},
		{"The talks opened on Wednesday.", "2024-01-17"},
		{"The talks opened on Thursday.", "2024-01-11"},
		{"Rebels fired rockets yesterday.", "2024-01-16"},
		{"The minister arrived today.", "2024-01-17"},
		{"He spoke late last night.", "2024-01-16"},
		{"The raid in mid-December killed eleven.", "2023-12"},
		{"They met on January 16, 2024 in Davos.", "2024-01-16"},
		{"They met on 5 December 2019 in Paris.", "2019-12-05"},
		{"They met on the 3rd of November.", "2023-11-03"},
		{"The envoy was expelled in March.", "2023-03"},
		{"The two fought a war in 2006.", "2006"},
		{"The border has been shut since 1994.", "1994"},
		// What lies ahead.
		{"The minister is to meet the envoy on Tuesday.", "2024-01-23"},
		{"They gave him until noon on Saturday to leave.", "2024-01-20"},
		{"The men would be freed on Sunday, he said.", "2024-01-21"},
		{"He said the men would be freed on Sunday.", "2024-01-14"},
		{"They invited him to talks on March 15.", "2024-03-15"},
		{"They invited him to talks on October 15.", "2023-10-15"},
		{"They met on Tuesday, two days after rebels struck.", "2024-01-16"},
		{"The attack came three days ago.", "2024-01-14"},
		{"The attack came two months ago.", "2023-11"},
		{"The pact was signed last year.", "2023"},
		{"The pact was signed last month.", "2023-12"},
		{"Hours before the meeting, jets struck the camp.", "2024-01-17"},
		{"They may march on the capital.", ""},
		{"The deal was struck by Theresa May.", ""},
		{"The deal was struck in May.", "2023-05"},
		{"Jan Egeland met the rebels.", ""},
		{"The ship left on Jan 5.", "2024-01-05"},
		{"The pact was signed last January.", "2023-01"},
		{"Ships moved in the past month.", "2024-01"},
		{"About 2006 soldiers marched.", ""},
		{"They met on 5-6 December 2019 in Paris.", "2019-12-05"},
		{"They met on 16 and 17 July.", "2023-07-16"},
		{"They sent 30 and 17 July saw more.", "2023-07-17"},
		{"He visited Turkey on 4 April and Uzbekistan on 6 April 2016.", "2016-04-04"},
		{"He visited Turkey on 4 April and Uzbekistan in May 2016.", "2023-04-04"},
		{"They recalled Iraq's 1988 attack on the town.", "1988"},
		{"They recalled Iraq's 2000 soldiers.", ""},
		{"He broke a 2013 pact with Russia.", "2013"},
		{"They recalled the 9/11 attacks.", "2001-09-11"},
		{"They counted 9 of 11 attacks.", ""},
		{"The pact was signed last autumn.", "2023"},
		{"The last fall broke his leg.", ""},
		{"He will visit Tokyo in May.", "2024-05"},
		{"He visited Tokyo in May.", "2023-05"},
		{"He would have visited Tokyo in May.", "2023-05"},
		{"He will visit Tokyo on Friday.", "2024-01-19"},
		{"He visited Tokyo on Friday.", "2024-01-12"},
		{"Imports are allowed until July 1.", "2024-07-01"},
		{"The siege lasted until December 1.", "2023-12-01"},
		{"He is expected to hold talks in Ankara on Friday.", "2024-01-19"},
		{"He was expected to hold talks in Ankara on Friday.", "2024-01-12"},
		{"He went there to meet the president on Friday.", "2024-01-12"},
		{"Turkey appealed to the council this week.", "2024-01"},
		{"It is six weeks since she surrendered to the army.", "2023-12"},
		{"He spoke two weeks after a ship was attacked.", "2024-01"},
		{"A day after the army struck the town, ministers met.", "2024-01-16"},
		{"They met years after the war.", ""},
		{"The last attack took place on March eight.", "2023-03-08"},
		{"In May three soldiers died.", "2023-05"},
		{"The army has killed 600 rebels in the past three years.", "2021"},
		{"Over the past 18 months it has seized the north.", "2022-07"},
		{"Kuwait has backed Iraq in the seven-year war with Iran.", "2017"},
		{"They fought a week-old offensive.", "2024-01"},
		{"They agreed on a three-day truce.", ""},
		{"The envoys were ordered to leave by Jan. 1.", "2025-01-01"},
		{"He gave the rebels until Friday to leave.", "2024-01-19"},
		{"He will meet the king later on Wednesday.", "2024-01-17"},
		{"They freed a seven-year-old boy.", ""},
		{"Seven years ago today the revolt began.", "2017-01-17"},
		{"The agencies were expelled a decade ago.", "2014"},
		{"The cleric was executed at the start of the year.", "2024-01"},
		{"The embassy was attacked on New Year's Eve.", "2023-12-31"},
		{"The embassy was attacked on Christmas Day.", "2023-12-25"},
		{"Over the weekend the army struck the town.", "2024-01"},
		{"Two years after the army bombed the town, ministers met.", "2022"},
	} {
		s := model.Parse(tt.text, 0)
		got := ""
		for _, m := range moments(s.Tokens, published, moment{}) {
			got = m.String()
			break
		}
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.text, got, tt.want)
		}
	}
	// A story that goes on from a moment told before counts from there.
	told := moment{year: 1998, month: 5, day: 6}
	for _, tt := range []struct{ text, want string }{
		{"Two days later the army withdrew.", "1998-05-08"},
		{"A month earlier it had attacked.", "1998-04"},
		{"The day before, it had attacked.", "1998-05-05"},
		{"They signed a pact the previous day.", "1998-05-05"},
		{"He died years later.", ""},
		{"They attacked the following year.", "1999"},
		{"They attacked the following day.", "1998-05-07"},
		{"They attacked the following villages.", ""},
		{"They swore allegiance early the next year.", "1999"},
		{"They attacked the next village.", ""},
		{"Nine people were killed on the same day.", "1998-05-06"},
		{"He was captured in the same month.", "1998-05"},
		{"He was captured that year.", "1998"},
		{"He said that day would come.", "1998-05-06"},
		{"They voted in August that year.", "1998-08"},
		{"They voted in August.", "2023-08"},
	} {
		got := ""
		for _, m := range moments(model.Parse(tt.text, 0).Tokens, published, told) {
			got = m.String()
		}
		if got != tt.want {
			t.Errorf("going on, %q: %q, want %q", tt.text, got, tt.want)
		}
	}
	// Without a day of publication only absolute dates are known.
	for _, tt := range []struct{ text, want string }{
		{"They met on Tuesday.", ""},
		{"They met in March.", ""},
		{"They met on January 16, 2024.", "2024-01-16"},
	} {
		got := ""
		for _, m := range moments(model.Parse(tt.text, 0).Tokens, time.Time{}, moment{}) {
			got = m.String()
		}
		if got != tt.want {
			t.Errorf("undated %q: %q, want %q", tt.text, got, tt.want)
		}
	}
}

package article

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline shows a document's sentences, one a line: block and role, "q" for StartsQuoted, "Q" for Quoted.
func outline(d Document) string {
	names := []string{"story", "headline", "label", "byline", "caption", "promotion"}
	var b strings.Builder
	for _, s := range d.Sentences {
		sign := ""
		if s.StartsQuoted {
			sign += "q"
		}
		if s.Quoted {
			sign += "Q"
		}
		text := strings.NewReplacer("\r\n", "/", "\n", "/").Replace(d.Text[s.Start:s.End])
		fmt.Fprintf(&b, "%d %s%s: %s\n", s.Block, names[s.Role], strings.TrimRight(" "+sign, " "), text)
	}
	return b.String()
}

func TestPages(t *testing.T) {
	for _, test := range []struct{ what, name, text, want string }{
		{"newspaper page", "x.txt", `Ruritania urges border talks with Freedonia

Two shepherds reportedly died in the shelling
  • Harbourwire.example bureau
  • 09:39 AM, January 17, 2024
  • 361
Ruritania urges border talks with Freedonia
Freedonia's former Prime Minister Anna Rao (L) with President Ivo Kent (R). For representation only.

The foreign minister of Ruritania, Max Orlo, urged talks on Tuesday.

Highlights:
The strikes
Read more: Ten years of war
Related

Freedonia recalls its envoy
Who are the shepherds?
Shelling kills two

Related attacks killed nine in May.
WORLD/EUROPE
Subscribe to our newsletter. It is free.
© 2024 Harbour Wire
`, `0 headline: Ruritania urges border talks with Freedonia
1 headline: Two shepherds reportedly died in the shelling
2 byline: Harbourwire.example bureau
3 byline: 09:39 AM, January 17, 2024
4 byline: 361
5 headline: Ruritania urges border talks with Freedonia
6 caption: Freedonia's former Prime Minister Anna Rao (L) with President Ivo Kent (R).
6 caption: For representation only.
7 story: The foreign minister of Ruritania, Max Orlo, urged talks on Tuesday.
8 label: Highlights:
9 label: The strikes
10 promotion: Read more: Ten years of war
11 promotion: Related
12 promotion: Freedonia recalls its envoy
13 promotion: Who are the shepherds?
14 promotion: Shelling kills two
15 story: Related attacks killed nine in May.
16 label: WORLD/EUROPE
17 promotion: Subscribe to our newsletter.
17 promotion: It is free.
18 promotion: © 2024 Harbour Wire
`},
		{"agency copy with lines broken to fit", "x.txt", `RURITANIA SHELLS FREEDONIAN BORDER POST

STRELSAU, Jan 17 (Harbour Wire) - Ruritania shelled a border post in
Freedonia on Tuesday evening, said a spokeswoman of the U.S.
Embassy. No one was hurt.
    A ministry spokesman denied it. "We did not fire," he said. "We
never do."
    (Reporting by Anna Rao; editing by Ivo Kent)
`, `0 headline: RURITANIA SHELLS FREEDONIAN BORDER POST
1 byline: STRELSAU, Jan 17 (Harbour Wire) -
1 story: Ruritania shelled a border post in/Freedonia on Tuesday evening, said a spokeswoman of the U.S./Embassy.
1 story: No one was hurt.
2 story: A ministry spokesman denied it.
2 story: "We did not fire," he said.
2 story Q: "We/never do."
3 byline: (Reporting by Anna Rao; editing by Ivo Kent)
`},
		{"old copy with tabs", "x.json", `{"text":"LONDON, April 8 - Ruritania sent forces. &\t\"That is so,\" it said. &\\t Troops left."}`,
			`0 byline: LONDON, April 8 -
0 story: Ruritania sent forces.
1 story: "That is so," it said.
2 story: Troops left.
`},
		{"quotation that is never closed", "x.json", `{"text":"Kent said: “We are ready. Nobody came. He called it “a shame” again. They left."}`,
			`0 story: Kent said: “We are ready.
0 story: Nobody came.
0 story: He called it “a shame” again.
0 story: They left.
`},
		{"quotation of several paragraphs", "x.json", `{"text":"Kent said: “We are ready.\n\n“We will not wait. Nobody will,” he said.\n\n“Go home.” They left."}`,
			`0 story: Kent said: “We are ready.
1 story Q: “We will not wait.
1 story q: Nobody will,” he said.
2 story Q: “Go home.”
2 story: They left.
`},
		{"apostrophes and single marks", "x.json", `{"text":"The ministers' talks failed, Kent's aide said. 'We tried. They didn't,' he said. The troops' withdrawal began."}`,
			`0 story: The ministers' talks failed, Kent's aide said.
0 story Q: 'We tried.
0 story q: They didn't,' he said.
0 story: The troops' withdrawal began.
`},
		{"a mark that never closes", "x.json", `{"text":"\"We tried. They left. \"We stay,\" he said. It rained."}`,
			`0 story Q: "We tried.
0 story qQ: They left.
0 story: "We stay," he said.
0 story: It rained.
`},
		{"statement with list", "x.md", `# Statement on the ceasefire

Minister Orlo said:

- We condemn the attack. It must end.
- We call on both sides to talk
1. First, Ruritania will withdraw.

![Border post](post.png)

> He was "pleased".
`, `0 headline: Statement on the ceasefire
1 story: Minister Orlo said:
2 story: We condemn the attack.
2 story: It must end.
3 story: We call on both sides to talk
4 story: First, Ruritania will withdraw.
5 caption: ![Border post](post.png)
6 story: He was "pleased".
`},
		{"several datelines and speakers", "x.json", `{"text":"STRELSAU: Ruritania said no.\n\nQUESTION: Did Freedonia agree?\n\nBAHRAIN - Iran said no.\n\nMR KENT: It did - twice."}`,
			`0 byline: STRELSAU:
0 story: Ruritania said no.
1 story: QUESTION: Did Freedonia agree?
2 byline: BAHRAIN -
2 story: Iran said no.
3 story: MR KENT: It did - twice.
`},
		{"captions and near misses", "x.json", `{"title":"t","text":"FILE - Rebel leader Ivo Kent waves to a crowd.\n\nPhoto: Harbour Wire\n\nPresident Kent (left) is seen here with Orlo.\n\nPresident Kent is pictured in Strelsau.\n\nSenator Rao (R) said the left, right and centre agree.\n\nPhotos show that the army shelled the town.\n\nImages of the dead were shown on state television on Tuesday.\n\nThe file on Kent was seen in Strelsau, he said.\n\nKent at the border post in May. (Harbour Wire/Handout)"}`,
			`0 caption: FILE - Rebel leader Ivo Kent waves to a crowd.
1 caption: Photo: Harbour Wire
2 caption: President Kent (left) is seen here with Orlo.
3 caption: President Kent is pictured in Strelsau.
4 story: Senator Rao (R) said the left, right and centre agree.
5 story: Photos show that the army shelled the town.
6 story: Images of the dead were shown on state television on Tuesday.
7 story: The file on Kent was seen in Strelsau, he said.
8 caption: Kent at the border post in May.
8 caption: (Harbour Wire/Handout)
`},
		{"promotion and near misses", "x.json", `{"title":"t","text":"ALSO READ | Ten years of war\n\nFollow us on social media.\n\nSign up for the morning letter.\n\nMore from this author\n\nWatch: border shelling\n\nShare\n\nWatch towers were hit. Sponsored militias followed. Sources close to Kent agree.\n\nAgencies of the United Nations left.\n\nSubscribers fled the town.\n\nShare prices fell in Strelsau.\n\nCopyright law was changed.\n\nMore news of attacks came in."}`,
			`0 promotion: ALSO READ | Ten years of war
1 promotion: Follow us on social media.
2 promotion: Sign up for the morning letter.
3 promotion: More from this author
4 promotion: Watch: border shelling
5 promotion: Share
6 story: Watch towers were hit.
6 story: Sponsored militias followed.
6 story: Sources close to Kent agree.
7 story: Agencies of the United Nations left.
8 story: Subscribers fled the town.
9 story: Share prices fell in Strelsau.
10 story: Copyright law was changed.
11 story: More news of attacks came in.
`},
		{"bylines and near misses", "x.txt", `Kent visits Orlo
By Anna Rao and Ivo Kent | Harbour Wire
Published: 17 Jan 2024, 10:31 GMT
Updated 3 hours ago
5 min read

By Tuesday Kent had left. By nightfall he was back.

On 17 January 2024 he spoke.

He met Orlo. Additional reporting by Max Orlo
`, `0 headline: Kent visits Orlo
1 byline: By Anna Rao and Ivo Kent | Harbour Wire
2 byline: Published: 17 Jan 2024, 10:31 GMT
3 byline: Updated 3 hours ago
4 byline: 5 min read
5 story: By Tuesday Kent had left.
5 story: By nightfall he was back.
6 story: On 17 January 2024 he spoke.
7 story: He met Orlo.
7 byline: Additional reporting by Max Orlo
`},
		{"agency tags and a note on the author", "x.json", `{"text":"Kent left. (Harbour Wire)\n\nOrlo stayed. -- HW\n\nSaudi Arabia Saudi Arabia is at war. It rained. Anna Rao is a Harbour Wire columnist"}`,
			`0 story: Kent left.
0 byline: (Harbour Wire)
1 story: Orlo stayed.
1 byline: -- HW
2 label: Saudi Arabia
2 story: Saudi Arabia is at war.
2 story: It rained.
2 byline: Anna Rao is a Harbour Wire columnist
`},
		{"running report", "x.txt", `Fighting in Zenda: live

14:32 GMT
14:30 GMT – Kent arrives in Zenda, state television says.
09:15: Shells fall on the market
Two people died.
At 09:10 - before dawn - it rained.
`, `0 headline: Fighting in Zenda: live
1 byline: 14:32 GMT
2 byline: 14:30 GMT –
2 story: Kent arrives in Zenda, state television says.
3 byline: 09:15:
3 story: Shells fall on the market
4 story: Two people died.
5 story: At 09:10 - before dawn - it rained.
`},
		{"all capitals", "x.txt", "REBELS TAKE TOWN\n\nREBELS TOOK THE TOWN OF ZENDA IN RURITANIA ON TUESDAY. THE ARMY FLED.\n\nWORLD NEWS\n", `0 headline: REBELS TAKE TOWN
1 story: REBELS TOOK THE TOWN OF ZENDA IN RURITANIA ON TUESDAY.
1 story: THE ARMY FLED.
2 label: WORLD NEWS
`},
		{"Windows line ends", "x.txt", "Kent visits Orlo\r\n\r\nKent met Orlo.\r\nThey spoke.\r\n", `0 headline: Kent visits Orlo
1 story: Kent met Orlo.
2 story: They spoke.
`},
		{"old Macintosh line ends", "x.txt", "Kent visits Orlo\r\rKent met Orlo.\r", "0 headline: Kent visits Orlo\n1 story: Kent met Orlo.\n"},
	} {
		docs, seen := readAll(test.name, strings.NewReader(test.text), Overrides{})
		if len(docs) != 1 {
			t.Errorf("%s: %q", test.what, seen)
			continue
		}
		if diff := cmp.Diff(test.want, outline(docs[0])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.what, diff)
		}
	}
}

func TestDatelines(t *testing.T) {
	for _, test := range []struct {
		text, published string
		want            Dateline
		story           string // the first story sentence
	}{
		{"TEHRAN, Jan 17 (IRNA) - Iran said no.", "2024-01-17", Dateline{"TEHRAN", "2024-01-17", "IRNA"}, "Iran said no."},
		{"TEHRAN, Jan. 17 (IRNA) -- Iran said no.", "", Dateline{"TEHRAN", "--01-17", "IRNA"}, "Iran said no."},
		{"LONDON, April 8 - A leading member left.", "1987-04-08T10:00:00Z", Dateline{"LONDON", "1987-04-08", ""}, "A leading member left."},
		{"PARIS, Dec 31 - France said no.", "2021-01-01", Dateline{"PARIS", "2020-12-31", ""}, "France said no."},
		{"PARIS, Jan 1 - France said no.", "2020-12-31", Dateline{"PARIS", "2021-01-01", ""}, "France said no."},
		{"CAMPINAS, Brazil, March 15 - Workers voted.", "1987-03-14", Dateline{"CAMPINAS, Brazil", "1987-03-15", ""}, "Workers voted."},
		{"Geneva, 5 May 2020 – The envoy left.", "", Dateline{"Geneva", "2020-05-05", ""}, "The envoy left."},
		{"New York, 3 March (Harbour Wire) — The council met.", "2011-03-04", Dateline{"New York", "2011-03-03", "Harbour Wire"}, "The council met."},
		{"BEIRUT/DAMASCUS (Reuters) - Syria said no.", "", Dateline{"BEIRUT/DAMASCUS", "", "Reuters"}, "Syria said no."},
		{"(Reuters) - Syria said no.", "", Dateline{"", "", "Reuters"}, "Syria said no."},
		{"ISLAMABAD: Pakistan said no.", "", Dateline{"ISLAMABAD", "", ""}, "Pakistan said no."},
		{"TEL AVIV—Israel said no.", "", Dateline{"TEL AVIV", "", ""}, "Israel said no."},
		{"SANA'A, Tuesday, 4 December 2017 - Forces clashed.", "", Dateline{"SANA'A", "2017-12-04", ""}, "Forces clashed."},
		// none
		{"Iran – a neighbour – said no.", "2024-01-17", Dateline{}, "Iran – a neighbour – said no."},
		{"IRAN said no - again.", "2024-01-17", Dateline{}, "IRAN said no - again."},
		{"QUESTION: Did Iran say no?", "", Dateline{}, "QUESTION: Did Iran say no?"},
		{"AFP: Did Iran say no?", "", Dateline{}, "AFP: Did Iran say no?"},
		{"BREAKING: Iran said no.", "", Dateline{}, "BREAKING: Iran said no."},
		{"Operation Inherent Resolve - Strikes went on.", "", Dateline{}, "Operation Inherent Resolve - Strikes went on."},
		{"The U.S. said no. It left - on Jan 17 - again.", "", Dateline{}, "The U.S. said no."},
		{"On Jan 17 - a Tuesday - Iran said no.", "", Dateline{}, "On Jan 17 - a Tuesday - Iran said no."},
	} {
		d, err := finish(Document{Text: test.text, Published: test.published}, Overrides{})
		if err != nil {
			t.Fatal(test.text, err)
		}
		if diff := cmp.Diff(test.want, d.Dateline); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.text, diff)
		}
		for _, s := range d.Sentences {
			if s.Role == Story {
				if got := d.Text[s.Start:s.End]; got != test.story {
					t.Errorf("%s: the story begins %q, want %q", test.text, got, test.story)
				}
				break
			}
		}
	}
}

func TestPublishedFromText(t *testing.T) {
	body := "\n\nIran said no on May 5, 2001, and Oman said yes to the same proposal. It was read out twice.\n"
	for _, test := range []struct{ top, url, published, publisher string }{
		{"09:39 AM, January 17, 2024", "", "2024-01-17", ""},
		{"Friday, August 21, 2015", "", "2015-08-21", ""},
		{"Harbour Wire bureau\nUpdated: 17.01.2024 10:31", "", "2024-01-17", "Harbour Wire"},
		{"By Anna Rao, Harbour Wire\n3 January 2024", "", "2024-01-03", "Harbour Wire"},
		{"By Anna Rao and Ivo Kent | Palm Coast Times\n3 January 2024", "", "2024-01-03", "Palm Coast Times"},
		{"By Anna Rao, Strelsau\n3 January 2024", "", "2024-01-03", ""},
		{"Northern Gazette\n3 January 2024, 19:45", "", "2024-01-03", "Northern Gazette"},
		{"Source: Harbour Wire\nPosted on 2024/01/17", "", "2024-01-17", "Harbour Wire"},
		{"TEHRAN, Jan 17, 2024 (IRNA) - Iran met Oman.", "", "2024-01-17", "IRNA"},
		{"TEHRAN, Jan 17 (IRNA) - Iran met Oman.", "https://a.example/2024/01/18/no", "2024-01-18", "IRNA"},
		{"January 17", "", "", ""},
		{"31 February 2024", "", "", ""},
		{"Iran met Oman on 17 January 2024.", "", "", ""},
	} {
		d, err := fromText("Title\n"+test.top+body, Overrides{URL: test.url})
		if err != nil {
			t.Fatal(test.top, err)
		}
		if d.Published != test.published || d.Publisher != test.publisher {
			t.Errorf("%q: published %q by %q, want %q by %q", test.top, d.Published, d.Publisher, test.published, test.publisher)
		}
	}
}

func TestNormalPublished(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""}, {"2024-01-17", "2024-01-17"}, {"2024-01-17T09:39:00Z", "2024-01-17T09:39:00Z"},
		{"2024-01-17T09:39:00.25+05:30", "2024-01-17T09:39:00+05:30"}, {"2024-01-17 09:39:00", "2024-01-17"},
		{"Wed, 17 Jan 2024 09:39:00 GMT", "2024-01-17T09:39:00Z"}, {"20240117T093900Z", "2024-01-17T09:39:00Z"},
		{"17 January 2024", "2024-01-17"}, {"January 17th, 2024", "2024-01-17"}, {"17th of Jan. 2024", "2024-01-17"}, {"17/01/2024", "2024-01-17"},
		{"01/17/2024", "2024-01-17"}, {"Sept. 1, 2023", "2023-09-01"},
		{"01/02/2024", "error"}, {"2024-13-40", "error"}, {"January 17", "error"}, {"yesterday", "error"}, {"30 February 2024", "error"},
	} {
		got, err := normalPublished(test.in)
		if err != nil {
			got = "error"
		}
		if got != test.want {
			t.Errorf("%q: got %q, want %q (%v)", test.in, got, test.want, err)
		}
	}
}

# Every word of the window in English. One key, one meaning; arguments are wrapped
# in isolates by the loader, so a name never reorders the sentence around it.

## The program
app-name = Varaq
app-sentence = Read what was signed, and see who signed it, before the first word.
promise-verdict = The verdict comes first: who signed, whether anything was changed, what is missing.
promise-network = No network. Varaq never opens a connection.
promise-memory = Nothing is written to this computer unless you choose it.
memory-only = Memory only
no-display-title = varaq-reader: no display was found, so no window can be opened
no-display-hint = hint: in a terminal use `varaq check FILE`, `varaq list FILE` and `varaq show FILE ARTICLE`

## Actions: text, then hint
open-file = Open file…
open-file-hint = Choose a bundle, a contact, a note or a picture from the program’s own list
go-back = Back
go-back-hint = One step back
go-forward = Forward
go-forward-hint = One step forward
leave = Close
leave-hint = Close what is on top, then go one step back
find-in-page = Find in page
find-in-page-hint = Find words in this article
find-next = Next match
find-next-hint = Go to the next match
find-previous = Previous match
find-previous-hint = Go to the match before
text-larger = Larger text
text-larger-hint = Make the article’s text larger
text-smaller = Smaller text
text-smaller-hint = Make the article’s text smaller
text-normal = Normal text size
text-normal-hint = Back to the usual text size
next-item = Next
next-item-hint = Next article on the list, or a step down the page
previous-item = Previous
previous-item-hint = Article before on the list, or a step up the page
page-down = Page down
page-down-hint = One screen down; at the end, the next unread article
page-up = Page up
page-up-hint = One screen up
full-screen = Full screen
full-screen-hint = Fill the screen, or leave it
show-keys = Keys
show-keys-hint = Show every key
quit = Close Varaq at once
quit-hint = Closes the window and asks nothing
switch-language = Language
switch-language-hint = Choose the language of the window
switch-theme = Next theme
switch-theme-hint = Light, sepia, dark, high contrast, one after the other
copy-selection = Copy
copy-selection-hint = Copy the selected text
show-verdict = Verdict
show-verdict-hint = Show the verdict on this file again

## Start
start-drop = Plug in a stick, or drop a file here.
start-samples = Samples inside this program
start-samples-note = Made only to be tried. Each is checked like any other file.
start-no-samples = This build carries no samples.
pins-unread = The list of publishers you trust could not be read; it was set aside. Everybody counts as unknown until you check their code again.
checking = Checking…
checking-of = Checking… { $done } of { $total }
checking-text = Nothing is shown before the signature and the bytes are checked.
skip-check = Do not wait for every byte
cancel = Cancel
loading = Loading…
drop-here = Drop to open
not-opened-title = The file could not be opened
not-opened-text = The system refused: { $cause }

seal-words = { $name } · { $verdict }

## List of files
files-title = Choose a file
files-up = Folder above
files-folder = Folder
files-empty = Nothing here that Varaq opens, and no folders.
files-refused = This folder cannot be read: { $cause }
files-more = Only the first { $count } are listed.

## Verdicts: title, text, seal, reason
verdict-verified-title = Verified
verdict-verified-text = { $publisher } signed this issue and nothing in it was changed.
    You checked this publisher’s code yourself.
verdict-verified-seal = Verified
verdict-pinned-title = Same publisher as before
verdict-pinned-text = { $publisher } signed this issue and nothing in it was changed.
    The code has not been checked yet.
verdict-pinned-seal = Same as before
verdict-unknown-title = Unknown publisher
verdict-unknown-text = The signature is right, but we do not know whose it is.
    Anyone can give themselves any name.
verdict-unknown-seal = Unknown publisher
verdict-bad-signature-title = Forged or altered
verdict-bad-signature-text = This is not what the publisher signed.
    For that reason no part of it is shown.
verdict-bad-signature-seal = Forged
verdict-bad-signature-reason = The signature does not fit the content. This is not damage by the stick.
verdict-bad-signature-works = Other files, also of the same publisher, are judged by themselves.
verdict-below-threshold-title = Too few signatures
verdict-below-threshold-text = Fewer editors signed it than the publisher requires.
    For that reason no part of it is shown.
verdict-below-threshold-text-count = { $have } of { $need } required signatures are there.
    For that reason no part of it is shown.
verdict-below-threshold-seal = Too few signatures
verdict-below-threshold-reason = The publisher requires more signatures than this file carries.
verdict-below-threshold-works = Issues that enough editors signed open as before.
verdict-unsigned-title = An unsigned draft
verdict-unsigned-text = Nobody has signed this file yet.
    For that reason no part of it is shown.
verdict-unsigned-seal = Unsigned
verdict-unsigned-reason = The file carries no signature at all.
verdict-unsigned-works = The finished issue, once it is signed, opens like any other.
verdict-impostor-title = Uses the name of a publisher you know
verdict-impostor-text = It has another code. Somebody may want to be mistaken for them.
    For that reason nothing is shown yet.
verdict-impostor-seal = Borrowed name
verdict-impostor-reason = The name looks like that of a publisher you trust, but the code is another one.
verdict-impostor-works = Files of the publisher you know open as before.
verdict-revoked-title = The key was revoked
verdict-revoked-text = The publisher has withdrawn a key that signed this file.
    For that reason no part of it is shown.
verdict-revoked-seal = Key revoked
verdict-revoked-reason = A statement of the publisher says that this key no longer speaks for them, and does not list this issue among those that stay valid.
verdict-revoked-works = The publisher itself is still trusted: what it signs with its other keys opens as before.
verdict-suspended-title = The key is suspended
verdict-suspended-text = The publisher has stopped a key that signed this file, for now.
    For that reason no part of it is shown.
verdict-suspended-seal = Key suspended
verdict-suspended-reason = Somebody who keeps the publisher’s root keys asked not to rely on this key. Perhaps an editor is in danger.
verdict-suspended-works = Issues you had met before the stop can still be read. If the stop ends, this file opens too.
verdict-window-title = The key was used outside its window
verdict-window-text = The publisher did not allow these keys to sign an issue of this number.
    For that reason no part of it is shown.
verdict-window-seal = Outside its window
verdict-window-reason = The number of the issue lies outside what the publisher granted to these keys. This is how a stolen key gives itself away.
verdict-window-works = Issues inside the window open as before.
verdict-chain-title = The publisher’s papers are incomplete
verdict-chain-text = A statement that this issue rests on is not in the file, so nobody can say who signed.
    For that reason no part of it is shown.
verdict-chain-seal = Papers incomplete
verdict-chain-reason = A statement that the signature names is not there. Somebody may have taken it out.
verdict-chain-works = A copy of the same issue with all its statements opens as usual.
verdict-split-title = Two histories of one publisher
verdict-split-text = Two different histories were signed in this publisher’s name, and this issue hangs on one that does not stand.
    For that reason no part of it is shown.
verdict-split-seal = Two histories
verdict-split-reason = The publisher’s own statements contradict each other. Its root keys may be in other hands.
verdict-split-works = Issues from before the split can still be read.
verdict-conflict-title = Two issues carry one number
verdict-conflict-text = Another issue with this number stands. This one is a second one.
    For that reason no part of it is shown.
verdict-conflict-seal = Two issues
verdict-conflict-reason = You met the other one first, or the publisher said that it is the right one.
verdict-conflict-works = The other issue with this number can still be read.
verdict-damaged-head-title = The start of the file is damaged
verdict-damaged-head-text = Who signed it cannot be said yet.
    For that reason nothing is shown.
verdict-damaged-head-seal = Damaged
verdict-damaged-head-reason = Bytes at the start of the file are wrong or missing. This happens with bad sticks.
verdict-damaged-head-works = Another copy of the same issue, or the same file copied again, may open.
verdict-newer-title = Says it is made for a newer Varaq
verdict-newer-text = Nobody you trust has signed that. Anyone can write it into a file.
    For that reason nothing is shown.
verdict-newer-seal = Newer format, unproven
verdict-newer-reason = The number of the format in the file is higher than this program knows.
verdict-newer-works = All files of today’s format open as before.
verdict-newer-signed-title = Made for a newer Varaq
verdict-newer-signed-text = This file uses a later format, which this program cannot read.
    A publisher you trust has signed that it is so.
verdict-newer-signed-seal = Newer format
verdict-newer-signed-reason = The format of the file is newer than this program.
verdict-newer-signed-works = All files of today’s format open as before.
verdict-not-a-bundle-title = Not a Varaq bundle
verdict-not-a-bundle-text = This file is something else, or its first bytes are lost.
verdict-not-a-bundle-seal = Not a bundle
verdict-not-a-bundle-reason = The file does not begin like a bundle.
verdict-not-a-bundle-works = Nothing is wrong with this program or with your other files.
verdict-partial-title = Incomplete, but genuine
verdict-partial-text = { $whole } of { $total } articles can be read.
    Whatever is shown is what the publisher signed.
verdict-partial-text-some = Not all of it is here.
    Whatever is shown is what the publisher signed.
verdict-partial-seal = Incomplete
verdict-damaged-title = Damaged, but genuine
verdict-damaged-text = { $whole } of { $total } articles can be read.
    Whatever is shown is what the publisher signed.
verdict-damaged-text-some = Some bytes were lost.
    Whatever is shown is what the publisher signed.
verdict-damaged-seal = Damaged

## What to do
steps-title = What to do
step-forged-1 = Do not pass this file on.
step-forged-1-more = Other files on the same stick are checked one by one and may be good.
step-forged-2 = Get the same issue from somewhere else.
step-forged-2-more = From another stick or another friend. The right copy says “Verified” here.
step-forged-3 = Tell the person who gave it to you.
step-forged-3-more = They may not know. You need not prove anything.
step-few-2 = Wait for the finished issue.
step-few-2-more = It may have been passed on before all editors had signed. The finished one has the same number.
step-revoked-2 = Look for the same issue signed anew.
step-revoked-2-more = From another stick or another friend. The publisher may have signed it again with a good key.
step-revoked-3 = If you have read this file before, doubt what it said.
step-revoked-3-more = Whoever took the key may have written it.
step-suspended-1 = Keep the file, but do not pass it on.
step-suspended-1-more = It may be good. It may also be signed by somebody who took the key.
step-suspended-2 = Open newer issues of this publisher when they come.
step-suspended-2-more = They bring the publisher’s word: whether the stop ends, and which issues stay valid.
step-chain-1 = Get the same issue from somewhere else.
step-chain-1-more = Another copy may carry all the statements.
step-chain-2 = Do not pass this copy on.
step-chain-2-more = Other files on the same stick are checked one by one and may be good.
step-split-1 = Do not choose between the two by yourself.
step-split-1-more = Both are signed with keys of this publisher. The file cannot tell you who holds them today.
step-split-2 = Ask the publisher by another way.
step-split-2-more = Radio, paper, or a person you know. A later statement can settle which history is right.
step-conflict-1 = Keep both files.
step-conflict-1-more = Together they prove that somebody signed two different issues with one number.
step-conflict-2 = Let the publisher know, if you safely can.
step-conflict-2-more = One of their keys may be in other hands. You need not prove anything.
step-unproven-1 = Install nothing because of this file.
step-unproven-1-more = A file that asks for another program may be a trap.
step-damaged-1 = Try to copy the file again.
step-damaged-1-more = The stick it came from may still hold a good copy.
step-damaged-2 = Get the same issue from somewhere else.
step-damaged-2-more = Any whole copy will do.
step-newer-1 = Get a newer Varaq from somebody you trust.
step-newer-1-more = This program cannot look for one; it has no network.
step-other-1 = Choose another file.
step-other-1-more = The names of bundles end in .varaq

## Facts
fact-publisher = Publisher
fact-claimed-name = Name it gives itself
fact-claimed-quoted = “{ $name }”
fact-not-checked = not checked
fact-number = Issue
fact-number-day = Issue and day
fact-number-day-value = { $number } · { $day }
fact-day = Day
fact-complete = Completeness
fact-new = Newness
fact-also = Also
fact-reason = Reason
fact-works = Still works
fact-file = File
fact-code = Publisher’s code
fact-code-checked = checked by you
fact-code-unchecked = not checked yet
calls-itself = calls itself { $name }
line-complete = Complete
line-complete-articles = { $count ->
    [one] its one article
   *[other] all { $shown } articles
}
line-listed = Everything is listed
line-listed-more = not every byte was read yet
line-partial = Not all of it is in this copy
line-partial-articles = { $whole } of { $total } articles can be read
line-damaged = Some parts are damaged
line-damaged-parts = { $count ->
    [one] { $shown } part
   *[other] { $shown } parts
}
line-newest = Newest you have seen
line-older = Older than issue { $number }, which you have seen
line-older-more = that one is of { $day }
line-gap = You do not have issue { $number }
line-gap-more = it came before this one; from before that you have { $met }
line-stale = There should be a newer issue by now
line-stale-more = it was promised for { $day }
line-clock = This computer’s clock looks wrong
line-clock-more = it is behind { $day }; nothing is decided by it
line-days = Its day is outside the days its keys were meant for
line-days-more = { $from } to { $to }
line-extra = Something extra in the file was ignored
line-memory = in this mode earlier issues are not remembered

banner-rival = Another history of this publisher was seen
banner-rival-more = Somebody wrote it with old keys. It is ignored; this issue belongs to the history that stands.
banner-frozen = Two histories continue this publisher’s
banner-frozen-more = This issue is older than both and can be read. Newer ones are refused until the publisher settles which history is right. Ask by another way: radio, paper, a person you know.
banner-conflict = Another issue with this number was seen
banner-conflict-more = This one stands: you met it first, or the publisher said it is the right one. Keep both files, and let the publisher know if you safely can.
banner-suspended = A key of this issue was suspended later
banner-suspended-more = You had met the issue before that, so it can still be read. What this key signs from then on is refused.
banner-statements = Newer statements of this publisher are missing
banner-statements-more = Its contact file names statement { $named }; the newest one you have met is { $held }. One of those that are missing may revoke a key. Open a newer issue.
banner-resembles = The name resembles “{ $name }”, whom you trust
banner-resembles-more = It differs by one letter, and the code is another one. This is not the publisher you know.

note-trust = The signature says who published, not that every line is true.

## The code
code-question = Do you have this publisher’s code?
code-explain = Take it from somewhere other than this stick: radio, paper, or a person you know. The program compares.
code-group = Group { $number } of the code
code-left = { $count } digits to go
code-compare = Compare code
code-wrong = This is not that publisher’s code. It belongs to another publisher, or to nobody.
code-waiting = Comparing…
code-no-memory = This PC has too little free memory to compare: 64 MB are needed. Close other programs and open the file again.
code-typo = This cannot be a code: a digit is wrong. Look again.
code-check = Check the code…
remember = Remember this publisher
remember-more = Writes this publisher’s code to this computer, and nothing else.
remembered = Remembered on this computer.
remember-failed = It could not be remembered: { $cause }
open-issue = Open the issue
read-whole = Read the { $count } whole articles
read-what-is-here = Read what is here
read-without-trusting = Read without trusting
read-without-trusting-note = A strip stays on every page and reminds you that the publisher is unknown.
different-publisher = I know it is another publisher: read
strip-unknown = Unknown publisher · read without trusting
strip-older = Older than issue { $number }, which you have seen
strip-frozen = Two histories continue this publisher’s · this issue is older than both
strip-suspended = A key of this issue was suspended later · you had met the issue before
strip-different = Not the publisher you know · another one with a similar name
close = Close
choose-other = Choose another file…

## Front page
front-page = Front page
front-issue = Issue { $number }
front-articles = { $count ->
    [one] { $shown } article
   *[other] { $shown } articles
}
minutes = { $count ->
    [one] { $shown } minute
   *[other] { $shown } minutes
}
pictures = { $count ->
    [one] { $shown } picture
   *[other] { $shown } pictures
}
not-in-this-copy = not in this copy
damaged-word = damaged
front-unreadable = The list of articles cannot be read in this copy.

## Article
in-this-article = In this article
opening = Opening
footnote-number = Footnote { $number }
picture-missing = The picture is not in this copy.
picture-damaged = The picture is damaged.
picture-too-large = The picture is larger than this program draws.
article-missing = This article is not in this copy.
article-missing-more = Another copy of the same issue may hold it.
article-damaged = This article is damaged in this copy.
article-odd = This article cannot be shown: it breaks the rules of its format.
link-target = Address of the link
link-note = Shown, never opened.
link-copy = Copy the address
copied = Copied.
find-hint = Find in this article
find-count = { $at } of { $total }
find-none = Nothing found
next-article = Next: { $title }
end-of-issue = End of the issue
table-word = Table

## Keys sheet
keys-title = Keys

# Corrections and retractions
mark-corrected = Corrected
mark-retracted = Retracted by the publisher
mark-harm = Retracted: it endangers somebody
harm-folded = The publisher asks that this text is no longer read or passed on, because it endangers somebody. It is folded, not deleted.
harm-show = Show the text anyway

## Publishers
show-publishers = Publishers
show-publishers-hint = Whom you trust, and what is known of them
publishers-title = Publishers
publishers-checked = You checked their code
publishers-same = Same publisher as before, code not checked
publishers-awaited = Codes that wait for a first bundle
publishers-awaited-more = No bundle of theirs has come yet. When one comes, the program compares by itself.
publishers-none = You trust no publisher yet
publishers-none-code = A publisher’s code is 24 digits. Nobody else can have the same one, and it stays the same when keys or editors change.
publishers-none-where = Hear it another way than the stick that brings the news: on the radio, on paper, from a person you know.
publishers-none-how = Type it here, even before any bundle has come, or open the file or picture that somebody gave you. The program compares with each bundle that comes.
publisher-met = { $count ->
    [one] { $shown } issue met
   *[other] { $shown } issues met
}
publisher-met-none = no issue met yet
publisher-checked = You checked the code yourself
publisher-unchecked = Same publisher as before; the code has not been checked
publisher-since = Trusted since { $day }
publisher-since-unknown = Since when is not noted
publisher-code = Code, to read to others or to compare
publisher-code-memory = This PC has too little free memory to work out the code: 64 MB are needed.
publisher-promise = Promise
publisher-cadence = { $count ->
    [one] An issue every day
   *[other] An issue every { $shown } days
}
publisher-cadence-none = None
publisher-signatures = Signatures on each issue
publisher-signs = { $threshold } of { $of } editors
publisher-issues = Met on this reader
publisher-split = Two histories continue this publisher’s. Issues that rest on either are refused until the publisher settles which one is right. Ask by another way: radio, paper, a person you know.
publisher-rival = Another history of this publisher was seen, written with old keys. It is ignored.
publisher-stopped = The key { $key } is stopped for now: what it signs is refused. Perhaps an editor is in danger.
publisher-history = How it came to this
publisher-statement = statement { $number }
event-founded = The publisher began: { $threshold } of { $of } root keys decide
event-founded-recoverable = recovery keys are prepared
event-roots = The root keys were changed: { $threshold } of { $of } decide from here on
event-recovered = The recovery keys were used; what came after the statement before is void
event-granted = Editors may sign issues { $first } to { $last }: { $threshold } of { $of } must
event-revoked-stolen = A key was revoked: somebody else has it
event-revoked-retired = A key was revoked: its time is over
event-kept = { $count ->
    [one] { $shown } issue that it signed stays valid
   *[other] { $shown } issues that it signed stay valid
}
event-kept-none = no issue is kept that needs its signature
event-cleared = The key { $key } counts again: its stop is over
event-settled = Of two issues with number { $number }, the publisher said which is right
event-renamed = It calls itself { $names } from here on
key-short = key { $key }
publisher-met-title = Issues you have met
issues-more = { $count ->
    [one] { $shown } more stands
   *[other] { $shown } more stand
}
standing-stands = Stands
standing-contested = Stands; another one with this number was met later
standing-lost = Does not stand: another one with this number does
standing-void = Void: it may be forged, and you may have read it
publisher-keys-change = Keys change; the code does not.
publisher-remove = Remove this publisher…
publisher-really = Really remove this publisher?
publisher-really-more = It becomes unknown: its issues ask for the code again, and nothing warns of another one with its name. What was met of it is forgotten, revoked keys too. A file that is open is closed.
publisher-keep = Keep it
publisher-remove-now = Remove it
publisher-remove-failed = It is removed until you close Varaq, but still stands in the list on this computer: { $cause }
publishers-type = Type a code…
publishers-open = From a picture or file…
publishers-awaited-forget = Wait no longer for { $code }
publishers-unkept = This list is in memory only: it is forgotten when Varaq closes.
publishers-remember = Remember the list on this computer
publisher-write-failed = It holds until you close Varaq, but could not be written to this computer: { $cause }
type-title = Type a code
type-explain = 24 digits that you heard on the radio, read on paper or got from a person you know. When a bundle comes, the program compares.
type-take = Take this code
told-awaited = The code is taken. The next valid bundle that has it is verified.
told-checked = This is the code of { $name }. It counts as checked from now on.
told-checked-before = This is the code of { $name }, whose code you had checked before.

## Files that are no bundles
searching-title = Looking for a QR code…
searching-text = The picture is searched on this computer. A large photograph takes some seconds.
contact-title = A publisher’s contact
contact-text = The file says who a publisher is. Anyone can give themselves any name.
    Check the code with one that came another way: radio, paper, or a person you know.
contact-text-known = The file is of a publisher that you trust already.
    Taking it in changes nothing about the code, and never takes anything away.
contact-proven = its own statements bear this name
contact-known = Trusted here as
contact-statements = Statements
contact-newest = { $number } is the newest it names
contact-statements-here = all of them are in the file and hold
contact-statements-later = an issue must bring them and prove the name
contact-alike-more = It has another code. This is not the publisher you know; somebody may want to be mistaken for them.
contact-unchecked = Unchecked, it counts as “same publisher as before” from now on.
contact-take = Add to my publishers
contact-take-known = Take in what is new
shown-code-title = A publisher’s code
shown-code-text = The file holds a code and nothing else. It counts as if you had typed it.
    Take it only if it came another way than the bundles: a poster, a newspaper, a person you know.
note-title = A key is to be stopped
note-text = { $name } has signed that one of its keys is not to be counted for now.
    The note proves itself, whoever brought it. Perhaps an editor is in danger.
note-key = Key
note-since = Signed by
note-since-value = The root keys of statement { $number }
note-since-more = it holds from the moment you take it in
note-effect = What it changes
note-effect-stops = New issues by this key are refused, until the publisher revokes the key or clears it. Issues you had met can still be read, with a warning.
note-effect-known = Nothing: you knew already that this key is stopped.
note-effect-over = Nothing: the publisher has revoked the key or cleared it since.
note-take = Stop this key
fault-no-code-title = No QR code in the picture
fault-no-code-text = None can be made out. Take the picture again: closer, sharper, the whole code with its white edge.
    Or type the 24 digits that stand beside it.
fault-strange-title = Not a publisher’s QR code
fault-strange-text = The code in the picture says something else. Nothing of it was opened.
    A publisher’s code is a contact, 24 digits, or a note about a key.
fault-several-title = Several publishers in one picture
fault-several-text = Cut the picture so that one QR code is left, then open it again.
fault-picture-damaged-title = The picture is damaged
fault-picture-damaged-text = It is cut short or broken. Copy it again, or take it again.
fault-picture-large-title = The picture is too large
fault-picture-large-text = Up to 32 MB and 32 million pixels are searched. Cut or scale it, or take a screenshot of it.
fault-too-long-title = The file is too long
fault-too-long-text = It begins like a contact or a note, but is longer than any of them. It was not read.
fault-contact-damaged-title = A damaged contact
fault-contact-damaged-text = It begins like a publisher’s contact, but lines are missing or changed. Nothing was taken in.
    Get the file again, or type the publisher’s code.
fault-contact-false-title = The contact is not what it says
fault-contact-false-text = Its code, its name and its statements do not belong together. Somebody has changed it; nothing was taken in.
    Do not pass it on.
fault-no-memory-title = Too little free memory
fault-no-memory-text = To check the contact’s code 64 MB are needed. Close other programs and open the file again.
fault-code-damaged-title = Not a code
fault-code-damaged-text = The file holds digits, but they cannot be a code: one is wrong or missing. Look again where they came from.
fault-note-damaged-title = A damaged note
fault-note-damaged-text = It begins like a note about a key, but something in it is missing or mistyped. Nothing was taken in.
fault-note-damaged-group = Group { $group } of its letters is mistyped. Listen or look again; nothing was taken in.
fault-note-newer-title = A note of a newer form
fault-note-newer-text = This program cannot read it. A newer Varaq from somebody you trust may.
fault-note-unknown-title = A note about somebody you do not know
fault-note-unknown-text = It stops a key, but of no publisher whose statements you have met and whom you trust. Nothing was taken in.
    Open an issue of that publisher first, trust it, then open the note again.
fault-note-ahead-title = The note is ahead of what you know
fault-note-ahead-text = It speaks of a statement or a key that you have not met yet. Nothing was taken in.
    Open a newer issue of that publisher, then the note again.
fault-note-forged-title = A forged note
fault-note-forged-text = The publisher’s root keys have not signed it. Nothing was taken in.
    Do not pass it on.
told-introduced = { $name } stands on the list. Its code has not been checked yet.
told-stopped = A key of { $name } is stopped from now on.

## Handing a publisher on, and its name
pass-copy = Copy the code
pass-show = Show as a picture
pass-hide = Hide the picture
pass-picture = QR code of this publisher
pass-drawing = The picture is being drawn…
pass-failed = The picture could not be drawn. Read the code aloud instead.
pass-contact = Another Varaq reads it from a photograph or a screenshot. It holds the name that the publisher gives itself, its code and its newest statement: nothing about you.
pass-code = Another Varaq reads it from a photograph or a screenshot. It holds the code alone, because no statement of this publisher has been met yet.
name-yours = Your name for it
name-own = The one it gives itself
name-change = Change…
name-more = Only you see it. Leave it empty for the name that the publisher gives itself.
name-taken = { $name } is called that, or something that looks like it. Choose another name.
name-save = Call it so

## Places
show-shelf = Shelf
show-shelf-hint = The issues that are kept
show-search = Search
show-search-hint = Search everything on the shelf and in the open file
place-files = Sticks and files
star-article = Star
star-article-hint = Star this article, or take the star away
mark-read = Read or unread
mark-read-hint = Count this article as read, or as unread again
keep-issue = Keep on the shelf
keep-issue-hint = Copy this issue to the shelf, and remember its publisher
remove-issue = Take off the shelf
remove-issue-hint = Take the chosen issue off the shelf; it can be put back
quit-short = Close at once

## Where things are kept: name, one line, explanation
mode-memory = Memory only
mode-memory-short = Varaq writes nothing to this computer.
mode-memory-more = Varaq writes nothing. When the window closes, shelf, stars and trusted publishers are forgotten.
mode-portable = On the stick
mode-portable-short = Varaq writes only to its folder beside the program.
mode-portable-more = Issues, stars and trusted publishers stay in a folder beside the program. Varaq writes nothing to this computer.
mode-computer = On this computer
mode-computer-short = Shelf, stars and trusted publishers are kept here.
mode-computer-more = Issues, stars, places in articles and trusted publishers stay here. For a computer that is yours alone.

## First start
first-language = Language
first-mode = Where should things be kept?
first-mode-note = The computer itself may note that a program was started or a stick plugged in. Varaq cannot prevent that.
first-code = A publisher’s code
first-optional = optional
first-code-more = The 24 digits that you heard on the radio, saw in print, or were read by a friend. In any digits.
first-code-whole = When a bundle of this publisher comes, the program compares by itself.
first-go = Go to the shelf
first-failed = It could not be kept there: { $cause } Choose another place.

## Shelf
shelf-title = Shelf
list-all = All
list-unread = Unread
list-fresh = New
list-starred = Starred
list-today = Today
unread = unread
starred = starred
fresh = new
shelf-unread = { $count ->
    [one] { $shown } unread
   *[other] { $shown } unread
}
shelf-issues = { $count ->
    [one] { $shown } issue
   *[other] { $shown } issues
}
shelf-all = Show all { $count } issues
shelf-fewer = Show fewer
read-all = read
not-indexed = not counted yet
cover-partial = incomplete · { $whole } of { $total }
gap-one = Issue { $number } is not on this shelf
gap-many = Issues { $first } to { $last } are not on this shelf
indexing = words of { $done } of { $total } issues are in the index
none-unread = Nothing is unread
none-unread-more = New issues bring something to read. Plug in a stick, or open a file.
none-fresh = Nothing has come yet
none-fresh-more = What you keep from the next stick stands here, until the one after it.
none-starred = Nothing is starred
none-starred-more = Press S in an article to find it here again.
none-today = Nothing is of today
none-today-more = Issues often travel for days. Look under “New” or “Unread”.
closed-refused = { $count ->
    [one] { $shown } kept file is not shown: its publisher is not trusted any more, or its key was revoked.
   *[other] { $shown } kept files are not shown: their publishers are not trusted any more, or their keys were revoked.
}
closed-unreadable = { $count ->
    [one] { $shown } kept file cannot be read from the disk.
   *[other] { $shown } kept files cannot be read from the disk.
}
removed = { $name } was taken off the shelf.
undo = Put back
reading-lost = What you had read and starred could not be read. It was set aside; no issue is lost.
shelf-failed = The shelf could not be used: { $cause }
keep-waiting = { $name }: another program is changing the shelf. Waiting…
keep-copying = { $name }: copying { $done } of { $total }
keep-checking = { $name }: reading back { $done } of { $total }
keep-done = { $name } is on the shelf. Every byte was read back.
keep-known = { $name } was on the shelf already.
keep-cancelled = { $name } was not kept. Nothing half-written is left.
keep-no-room = { $name } was not kept: it needs { $needed }, and { $free } are free. Take an issue off the shelf, or make room on the disk.
keep-not-as-written = { $name } was not kept: what was read back is not what was written. This disk cannot be relied on.
keep-verdict = { $name } was not kept: { $verdict }
keep-unreadable = { $name } was not kept: the file cannot be read to its end ({ $cause }). Copy it again from where it came.
keep-refused = { $name } was not kept: { $cause }

## Search
search-hint = Search in all articles
search-count = { $count ->
    [one] { $shown } article
   *[other] { $shown } articles
}
search-count-more = more than { $shown } articles
scope-everywhere = Everywhere
scope-shelf = Shelf
scope-open = This file
publisher-all = All publishers
language-all = All languages
time-any = Any time
time-days = { $count ->
    [one] Last day
   *[other] Last { $shown } days
}
search-begin = What are you looking for?
search-begin-more = Two letters are enough. For an exact phrase put it “in quotation marks”.
searching = Searching…
search-failed = The search failed: { $cause }
search-none = Nothing found for “{ $words }”
search-none-more = Try one word less, or another word for the same thing.
search-none-narrow = The search is narrowed. There may be more elsewhere.
search-everywhere = Search everywhere
search-sections = In sections
search-forgives = Accents, vowel marks, half-spaces, capital letters and the letters of another keyboard make no difference.
search-not-searched = The open file is not searched until you read it.
hit-places = { $count ->
    [one] { $shown } place
   *[other] { $shown } places
}
hits-more = Show more

## Settings
show-settings = Settings
show-settings-hint = Language, theme, the page of articles, and where things are kept
set-theme = Theme
theme-computer = As the computer
theme-light = Light
theme-sepia = Sepia
theme-dark = Dark
theme-contrast = High contrast
set-reading = The page of articles
set-size = Size of the text
set-lines = Space between lines
lines-tight = Tight
lines-normal = Normal
lines-loose = Loose
set-measure = Width of the column
measure-narrow = Narrow
measure-normal = Normal
measure-wide = Wide
set-justify = End of lines
justify-off = Ragged
justify-on = Flush
set-sample = In the morning the mist still lay over the valley. A few people stood at the mouth of the channel and looked, without a word, at the thin stream that came out of the dark.
set-elsewhere = Keep things elsewhere…

## Palette, and putting away
show-palette = All commands
show-palette-hint = Choose a command by its name
palette-hint = Name of a command
put-away = Put everything away
put-away-hint = At once an empty page of text; nothing of what was read stays in memory. The same key leads back to the shelf.

## Help: question, then answer
show-help = Help
show-help-hint = What a verdict means, what cannot be promised, and how to stay safer
help-begin = How do I begin?
help-begin-text = Plug in a stick, or open a file. Before anything of it is shown, the program says who signed it and whether anything was changed.
    When it says “unknown publisher”, type the 24 digits of the publisher’s code, if you have them from somewhere other than the stick.
help-verdict = What do the verdicts mean?
help-verdict-text = A verdict says who signed the file and whether it is as it was signed. It does not say that every line is true.
help-code = What is a publisher’s code?
help-code-text = 24 digits that belong to one publisher and stay the same when keys or editors change. Take it from a place that is not the stick: radio, paper, a person you know.
    The program compares; you need not look at single digits.
help-stick = How do I pass an issue on?
help-stick-text = Copy the file to another stick as you copy any file: its name and its place do not matter. Whoever gets it sees the same verdict.
    Wait until the stick’s light is still before you pull it out. Do not pass on what is forged.
help-trace = What stays on this computer?
help-trace-text = In memory-only mode Varaq writes no file. On a stick it writes only to its own folder. On a computer it keeps what you keep, read and star.
    The computer itself may note that a stick was plugged in and a program started. Varaq cannot prevent that.
help-not = What can Varaq not promise?
help-not-text = That you leave no trace, that a deleted file is gone, or that nobody recognises a bundle. A spying program on the computer sees what you see.
    A signature says who published something, not that it is true.
help-caught = What if somebody comes?
help-caught-text = F9 closes the window at once and asks nothing. F8 puts everything away and shows an empty page of text.
    What lies on the disk or stick stays there. Pull the stick out if you can.
help-broken = A file does not open
help-broken-text = “Damaged” means that bytes were lost on the way: copy it again, or get it from another stick. What can be read of it is still genuine.
    “Forged” means that somebody changed it: do not pass it on.

## Sticks
drives-title = Sticks and disks
drive-free = { $free } free
drive-computer = This computer
drive-read-only = can only be read
drives-none = No stick is plugged in. One that you plug in appears here by itself.
stick-in = The stick { $name } is plugged in.
stick-look = Look what is on it
copy-command = Copy to a stick
copy-command-hint = Copy the open file to a stick, and read it back from there
copy-choose = Copy { $name } to which stick?
copy-none = No stick is plugged in that could be written to. Plug one in.
copy-writing = { $name }: writing { $done } of { $total }
copy-reading = { $name }: reading back from the stick { $done } of { $total }
copy-done = { $name } is on the stick, and what was read back is what was written. Wait until the stick’s light is still, then eject it.
copy-there = { $name } is on the stick already, byte for byte.
copy-cancelled = { $name } was not copied. Nothing half-written is left.
copy-no-room = { $name } was not copied: it needs { $needed }, and { $free } are free on the stick.
copy-too-large = { $name } was not copied: this stick takes no file of 4 GB or more. Split it with `varaq split`.
copy-not-as-written = { $name } was not copied: what the stick gives back is not what was written. It may hold less than it says, or be worn out.
copy-other = { $name } was not copied: another file of that name lies on the stick.
copy-failed = { $name } was not copied: { $cause }

## Front page, article
copy-article = Copy the whole article
copy-article-hint = Copy the text of this article with its source
copied-article = The article was copied as text.
previous-article = Previous: { $title }
set-zoom = Size of everything in the window
percent = { $number } %
mark-all-read = Mark all as read
mark-all-read-hint = Count every article of the front page, or of the section that is shown, as read
front-list = List or newspaper
front-list-hint = Show the front page as a list, or as a newspaper
show-contents = Contents
show-contents-hint = Headings of this article
related-title = More on { $section }
list-latest = By day
save-article = Save the article as text
save-article-hint = Write this article with its source to a stick, as a plain text file

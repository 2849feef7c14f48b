import { poundsOf } from '@waymark/contracts';
import type { ProblemWords } from '@waymark/ui';
import type { Facts, Problem, Refused } from './problem';

type Words = ProblemWords | ((facts: Facts) => ProblemWords);

const words = (title: string, text: string, help = ''): ProblemWords => ({ title, text, help });

/** A fact as the wording needs it, or null where the server did not give it. */
const fact = (facts: Facts, name: string): string | null => {
  const value = facts[name];
  return value === undefined || value === '' ? null : String(value);
};

/** The rule that keeps two people apart. What is private or past is told as one, and never which. */
const keptApartWords = (by: string | null): string => {
  switch (by) {
    case 'managementChain':
      return $localize`One of them is in the other's management chain.`;
    case 'sameUnit':
      return $localize`They are in the same unit, which the rules of this round rule out.`;
    case 'gradeSteps':
      return $localize`Their grades are not as far apart as the rules of this round ask.`;
    case 'forbidden':
      return $localize`A coordinator has forbidden this pair in this round.`;
    case 'noPlaces':
      return $localize`The mentor has no free place.`;
    default:
      return $localize`Something that is private or past stands between them: an earlier pair, a proposal, a review, or a wish not to be together. Waymark never says which.`;
  }
};

/** What, why, and what would help, for each refusal by name. A refusal without words does not compile. */
const wordsOf: Readonly<Record<Refused, Words>> = {
  offline: words(
    $localize`There is no connection`,
    $localize`Waymark could not be reached. What you typed is still here.`,
    $localize`Try again when you are back online: pressing the same button twice does nothing twice.`,
  ),
  'malformed-request': words(
    $localize`We could not read that request`,
    $localize`Your page may be older than the server.`,
    $localize`Load the page again; if it goes on, quote this number to your administrator.`,
  ),
  'invalid-input': words(
    $localize`Something needs your attention`,
    $localize`One or more answers cannot be used as they are.`,
    $localize`Put right what is marked, then send it again.`,
  ),
  'body-too-large': (facts) => {
    const most = Math.floor(Number(facts['most'] ?? 4e6) / 1e6);
    return words(
      $localize`That is too large to send`,
      $localize`A file may hold up to ${most}:most: MB.`,
      $localize`Send a smaller file, or split it in two.`,
    );
  },
  'unsupported-media-type': words(
    $localize`That kind of file cannot be read here`,
    $localize`Waymark reads CSV files.`,
    $localize`Save the sheet as CSV, then choose it again.`,
  ),
  'verification-running': words(
    $localize`The chain is being verified already`,
    $localize`Two at once would only slow each other down.`,
    $localize`Wait for that one: its result is shown here.`,
  ),
  'has-own-address': words(
    $localize`This person can sign in themselves`,
    $localize`You can act for somebody only while they have no e-mail address.`,
    $localize`Load the page again to see their address, and send them an invitation instead.`,
  ),
  'not-while-acting': words(
    $localize`That is this person's alone`,
    $localize`Whoever acts for somebody neither reads their private data nor changes how they sign in.`,
    $localize`Stop acting for them to see your own.`,
  ),
  'acting-ended': words(
    $localize`You no longer act for somebody`,
    $localize`It ended by itself before this was sent, so nothing was done.`,
    $localize`Go on as yourself with the button at the top, and begin to act for them again if you need to.`,
  ),
  'acting-for-self': words(
    $localize`That is you`,
    $localize`Nobody acts for themselves.`,
    $localize`Do it as yourself.`,
  ),
  'not-signed-in': words(
    $localize`You are no longer signed in`,
    $localize`Your session has ended. What you typed is still here.`,
    $localize`Sign in in another tab, then come back and press the button again.`,
  ),
  'wrong-credentials': words(
    $localize`E-mail address and password do not match`,
    $localize`Nobody is signed in with these two together.`,
    $localize`Check both. If you have no password yet or forgot it, ask for a link to set one.`,
  ),
  'origin-refused': words(
    $localize`This came from another address`,
    $localize`Waymark takes changes only from its own pages, to keep you safe.`,
    $localize`Open Waymark at its usual address and do it there.`,
  ),
  'not-allowed': words(
    $localize`This is not yours to do`,
    $localize`Your roles do not include it, or this record is not yours.`,
    $localize`An institution administrator can change roles.`,
  ),
  'not-found': words(
    $localize`We could not find it`,
    $localize`It may have been removed, or it belongs to another institution.`,
    $localize`Go back to the list and open it from there.`,
  ),
  'too-many-attempts': (facts) => {
    const minutes = fact(facts, 'minutes');
    return words(
      $localize`Too many attempts`,
      $localize`To keep accounts safe, we stop after several tries in a row.`,
      minutes
        ? $localize`Wait ${minutes}:minutes: minutes, then try again. A new password link also works.`
        : $localize`Wait a few minutes, then try again. A new password link also works.`,
    );
  },
  'changed-meanwhile': words(
    $localize`This was changed meanwhile`,
    $localize`Somebody, or you in another window, saved it after you opened it. Nothing of theirs was overwritten.`,
    $localize`Load it again, look at what changed, then make your change.`,
  ),
  'idempotency-key-reused': words(
    $localize`We could not tell two requests apart`,
    $localize`The same request came twice with different content, so the second was not carried out.`,
    $localize`Load the page again, see what was saved, then do it once more if needed.`,
  ),
  'status-refused': words(
    $localize`This step is not open any more`,
    $localize`It has moved on since you opened the page.`,
    $localize`Load it again to see where it stands and what comes next.`,
  ),
  unexpected: words(
    $localize`Something went wrong on our side`,
    $localize`Nothing you typed is lost.`,
    $localize`Try again; if it goes on, quote this number to your administrator.`,
  ),
  'not-ready': words(
    $localize`Waymark is starting`,
    $localize`The server is there, but not ready to answer yet.`,
    $localize`Try again in a moment.`,
  ),
  'link-expired': words(
    $localize`This link has ended`,
    $localize`Links work once and for a limited time, so that an old message cannot open your account.`,
    $localize`Ask for a new one; it comes by e-mail.`,
  ),
  'set-up-done': words(
    $localize`Waymark is already set up`,
    $localize`The first institution and its administrator exist.`,
    $localize`Sign in instead. An administrator can add you.`,
  ),
  'set-up-code-wrong': words(
    $localize`The set-up code does not match`,
    $localize`A new code is made each time the server starts while nothing is set up.`,
    $localize`Open the address that the server printed last, with the code in it.`,
  ),
  'demonstration-only': words(
    $localize`This exists in the demonstration only`,
    $localize`This installation holds real people, so it has no demonstration pages.`,
  ),
  'email-taken': words(
    $localize`Somebody has this e-mail address`,
    $localize`Each address belongs to one person.`,
    $localize`Search the people for it; perhaps the person is already there.`,
  ),
  'name-taken': words(
    $localize`This name is in use`,
    $localize`Two with one name could not be told apart.`,
    $localize`Choose another name.`,
  ),
  'grant-to-self': words(
    $localize`Nobody gives a role to themselves`,
    $localize`Roles are given by somebody else, so that two people always know.`,
    $localize`Ask another institution administrator.`,
  ),
  'last-administrator': words(
    $localize`This is the last institution administrator`,
    $localize`Without one, nobody could give roles any more.`,
    $localize`Give the role to somebody else first, then take it from this person.`,
  ),
  'grade-in-use': (facts) => {
    const name = fact(facts, 'name') ?? fact(facts, 'grade');
    return words(
      name ? $localize`${name}:grade: is held by somebody` : $localize`This grade is held by somebody`,
      $localize`A grade can be removed once nobody holds it.`,
      $localize`Give these people another grade first. Nothing has been saved.`,
    );
  },
  'own-award': words(
    $localize`Your own award is for somebody else to check`,
    $localize`Two people stand behind each verified award: whoever holds it, and whoever checked it.`,
    $localize`Another award verifier can decide on it.`,
  ),
  'award-known': words(
    $localize`This award is recorded already`,
    $localize`The same award of the same body, awarded on the same day, stands there once.`,
    $localize`Change the one that is there, or check the day of the new one.`,
  ),
  'manager-cycle': words(
    $localize`These two would manage each other`,
    $localize`The person you chose reports, directly or through others, to this person.`,
    $localize`Choose somebody who is not below them.`,
  ),
  'staff-number-taken': words(
    $localize`Somebody else has this staff number`,
    $localize`A staff number belongs to one person of the institution, those who left included.`,
    $localize`Check the number, or search for it: the person may be here already.`,
  ),
  'closure-days-overlap': (facts) => {
    const name = fact(facts, 'name');
    return words(
      $localize`Some of these days are closure days already`,
      name
        ? $localize`They overlap with “${name}:name:”. Nothing was added.`
        : $localize`Somebody else added them just now. Nothing was added.`,
      $localize`Choose other days, or remove those first.`,
    );
  },
  'unit-cycle': words(
    $localize`A unit cannot lie below itself`,
    $localize`The place you chose is the unit itself or lies below it.`,
    $localize`Choose a place that is not below this unit, or move that one out first.`,
  ),
  'unit-in-use': (facts) =>
    words(
      $localize`This unit is not empty`,
      $localize`${fact(facts, 'people') ?? '0'}:people: people (those who left included) and ${fact(facts, 'units') ?? '0'}:units: units are in it.`,
      $localize`Merge it into another unit, which takes them along; or move them first.`,
    ),
  'delegate-to-self': words(
    $localize`Nobody stands in for themselves`,
    $localize`A delegate decides while the other is away, so it has to be somebody else.`,
    $localize`Choose another person.`,
  ),
  'delegate-inactive': words(
    $localize`That person will not be here for all of it`,
    $localize`A delegate has to be active until the last day.`,
    $localize`Choose somebody else, or an earlier last day.`,
  ),
  'delegation-overlaps': (facts) => {
    const name = fact(facts, 'name');
    return words(
      $localize`Somebody stands in on some of these days already`,
      name
        ? $localize`That is ${name}:delegate:. On any one day one person stands in, so that everybody knows who decides.`
        : $localize`On any one day one person stands in, so that everybody knows who decides.`,
      $localize`Choose other days, or end the earlier one first.`,
    );
  },
  'already-member': words(
    $localize`Your institution belongs to this network already`,
    $localize`Somebody else of your institution accepted an invitation just now, or earlier.`,
    $localize`Load the page again to see the network.`,
  ),
  'invitation-open': words(
    $localize`This address has been asked already`,
    $localize`An invitation to it is open and has not been answered.`,
    $localize`Wait for the answer, or withdraw that invitation and send another.`,
  ),
  'invitation-over': words(
    $localize`This invitation is over`,
    $localize`It was answered or withdrawn, has run out, or the network was closed.`,
    $localize`Ask the other institution for a new one if you still want to join.`,
  ),
  'person-left': words(
    $localize`This person has left`,
    $localize`Nothing is offered to somebody who has left, and nothing is expected of them.`,
    $localize`If they are back, open their page and choose “Comes back” first.`,
  ),
  'transfer-under-way': words(
    $localize`A transfer to another institution is under way`,
    $localize`The other institution counts on the days that were agreed.`,
    $localize`Cancel the transfer while it has not been accepted, or speak with the other institution.`,
  ),
  'transfer-answered': words(
    $localize`This transfer has been answered already`,
    $localize`It was accepted, declined or cancelled, here or in the other institution.`,
    $localize`Load it again to see where it stands.`,
  ),
  'no-shared-network': words(
    $localize`You share no network with that institution`,
    $localize`People move between institutions of one network, which see who comes and goes.`,
    $localize`Invite it to a network of yours first.`,
  ),
  'pair-not-asked': words(
    $localize`Nobody is being asked about this pair`,
    $localize`The day has passed, the transfer was called off, or the pair has ended.`,
    $localize`Load your start page again to see what is next.`,
  ),
  'file-empty': (facts) =>
    facts['document'] === true
      ? words(
          $localize`The file is empty`,
          $localize`There is nothing in it, so there would be nothing to look at.`,
          $localize`Take the photograph again, or download the document once more, and choose it here.`,
        )
      : words(
          $localize`The file is empty`,
          $localize`There is no row below the headings.`,
          $localize`Check that you chose the right file, and save it again from the sheet.`,
        ),
  'endorsement-answered': (facts) =>
    words(
      $localize`This application has been answered already`,
      facts['answer'] === 'endorsed'
        ? $localize`Somebody has endorsed it, perhaps you by the link in your mail. The first answer counts.`
        : facts['answer'] === 'declined'
          ? $localize`Somebody has declined it, perhaps you by the link in your mail. The first answer counts.`
          : $localize`Somebody has returned it with a question, perhaps you by the link in your mail. The first answer counts.`,
      $localize`Load the page again to see it. If the answer was wrong, tell the coordinator of the fund.`,
    ),
  'endorsement-passed-on': words(
    $localize`This has gone on to somebody else`,
    $localize`The time to answer had passed, or the coordinator named somebody else.`,
    $localize`If you decide for this person now, you find it among your endorsements. Load the page again.`,
  ),
  'endorsement-over': words(
    $localize`The time to endorse is over`,
    $localize`The deadline of the call has passed, and the coordinator of the fund now decides.`,
    $localize`Tell the coordinator what you think: they would like to know.`,
  ),
  'return-too-late': words(
    $localize`It is too late for a question`,
    $localize`The days in which it could be answered and sent again are over.`,
    $localize`Endorse it or decline it, or ask the person yourself first. Without an answer the coordinator of the fund decides.`,
  ),
  'endorsement-withdrawn': words(
    $localize`This need not be answered any more`,
    $localize`The application was withdrawn, or its call was cancelled.`,
    $localize`There is nothing to do.`,
  ),
  'endorser-asked': words(
    $localize`This person is asked already`,
    $localize`They have the mail, and it is on their home.`,
    $localize`Remind them, or name somebody else.`,
  ),
  'file-type-refused': (facts) => {
    const [found, named] = [fact(facts, 'found'), fact(facts, 'named')];
    const title = $localize`This kind of file cannot be taken`;
    if (found === 'HEIC' || found === 'HEIF') {
      return words(
        title,
        $localize`It is a HEIC photograph, which many browsers cannot show to whoever looks at it.`,
        $localize`Take the picture from here with the camera, or share it as JPEG: on an iPhone under Settings, Camera, Formats, Most Compatible.`,
      );
    }
    return words(
      title,
      named
        ? $localize`Its name says ${named}:ending:, but it holds ${found ?? ''}:kind:.`
        : found
          ? $localize`It holds ${found}:kind:. Photographs and scans come as JPEG, PNG or WebP, documents as PDF.`
          : $localize`It is neither a picture nor a PDF, whatever its name says.`,
      found === 'HTML'
        ? $localize`Print the page to PDF, or take a screenshot of it, and choose that.`
        : $localize`Photograph it, or save it as PDF, JPEG or PNG, and choose that.`,
    );
  },
  'file-broken': (facts) =>
    words(
      $localize`The file is not complete`,
      $localize`It begins like a ${fact(facts, 'found') ?? ''}:kind: but breaks off or holds no picture.`,
      $localize`Download or scan it again, or take a photograph of it.`,
    ),
  'image-too-large': (facts) =>
    words(
      $localize`The picture has too many pixels`,
      $localize`It says it has ${fact(facts, 'megapixels') ?? ''}:count: million; up to ${fact(facts, 'most') ?? '50'}:most: million can be taken.`,
      $localize`Scan at 300 dots per inch or less, crop it, or photograph it with a phone.`,
    ),
  'pdf-locked': words(
    $localize`This PDF is locked with a password`,
    $localize`Whoever checks it could not open it.`,
    $localize`Open it, print it to PDF without a password, and choose that.`,
  ),
  'pdf-active': (facts) =>
    words(
      $localize`This PDF does more than show a page`,
      $localize`It holds ${fact(facts, 'found') ?? ''}:what:, which can run something or carry other files on the machine of whoever opens it.`,
      $localize`Open it, print it to PDF, and choose the print: that keeps what one sees and nothing else.`,
    ),
  'files-too-many': (facts) =>
    words(
      $localize`That is more than fits into a day`,
      $localize`Up to ${fact(facts, 'files') ?? '200'}:count: files and ${fact(facts, 'megabytes') ?? '500'}:size: MB a day are kept for each person.`,
      $localize`Put several receipts on one photograph or into one PDF, or go on tomorrow. What you have sent is kept.`,
    ),
  'file-not-csv': (facts) => {
    const line = Number(facts['line'] ?? 0);
    const headings = facts['headings'] !== false;
    return words(
      $localize`This does not read as CSV`,
      headings
        ? line > 0
          ? $localize`The trouble begins at line ${line}:line: of the file.`
          : $localize`It looks like another kind of file, or its quotation marks do not pair.`
        : $localize`No line of headings was found at the top.`,
      $localize`Open it in your spreadsheet, save it as “CSV UTF-8”, then choose it here.`,
    );
  },
  'file-too-many-rows': (facts) => {
    const most = fact(facts, 'most') ?? fact(facts, 'max');
    return words(
      $localize`The file has too many rows`,
      most ? $localize`One file may hold ${most}:most: rows.` : $localize`One file may not hold so many.`,
      $localize`Split it in two and load one after the other.`,
    );
  },
  'file-too-many-columns': (facts) => {
    const most = fact(facts, 'most') ?? fact(facts, 'max');
    return words(
      $localize`The file has too many columns`,
      most ? $localize`One file may hold ${most}:most: columns.` : $localize`One file may not hold so many.`,
      $localize`Remove the columns that the round does not need.`,
    );
  },
  'columns-repeated': (facts) => {
    const column = fact(facts, 'column');
    return words(
      $localize`Two columns have one name`,
      column
        ? $localize`“${column}:column:” stands twice in the first line.`
        : $localize`A name stands twice in the first line.`,
      $localize`Rename one of them in the file, then choose it again.`,
    );
  },
  'mapping-incomplete': words(
    $localize`A column is still missing`,
    $localize`Each person needs a name, and what the round's rules compare.`,
    $localize`Say which column holds each of the marked fields.`,
  ),
  'mapping-repeated': words(
    $localize`One field is chosen twice`,
    $localize`Two columns cannot fill the same field.`,
    $localize`Keep one of them and set the other to “Leave out”.`,
  ),
  'grades-unordered': (facts) => {
    const missing = fact(facts, 'missing');
    return words(
      $localize`The grades have no order yet`,
      missing
        ? $localize`These have no place in your institution's order, so steps between them cannot be counted: ${missing}:grades:.`
        : $localize`The file names grades that your institution has not put in order, so steps between them cannot be counted.`,
      $localize`Put the grades in order, lowest first, then check the file again.`,
    );
  },
  'nothing-to-apply': words(
    $localize`There is nothing to load`,
    $localize`Every row is either unchanged or cannot be used.`,
    $localize`Look at the rows marked as refused, put them right in the file, and choose it again.`,
  ),
  'import-busy': words(
    $localize`A file is being loaded already`,
    $localize`Loading started a moment ago, here or in another window; two at once could contradict each other.`,
    $localize`Wait until it has finished, then try again.`,
  ),
  'file-too-large': words(
    $localize`The file is too large once unpacked`,
    $localize`A workbook can hold far more than its size says; this one holds more than a staff list does.`,
    $localize`Remove what is not needed from it, pictures and other sheets too, or save the sheet as CSV.`,
  ),
  'file-not-xlsx': words(
    $localize`This workbook cannot be read`,
    $localize`It is another kind of file, is damaged, or is locked with a password.`,
    $localize`Open it in your spreadsheet, save it as XLSX without a password or as CSV, then choose it here.`,
  ),
  'leavers-unconfirmed': (facts) => {
    const leavers = fact(facts, 'leavers');
    return words(
      $localize`So many leavers have to be confirmed`,
      leavers
        ? $localize`The file would make leavers of ${leavers}:leavers: people, more than a fifth of all.`
        : $localize`The file would make leavers of more than a fifth of all people.`,
      $localize`See whether the file really lists everybody; then type the number of leavers and load it.`,
    );
  },
  'undo-not-last': words(
    $localize`Only the file loaded last can be undone`,
    $localize`A later file builds on this one.`,
    $localize`Undo the later one first, or load a corrected file.`,
  ),
  'undo-too-late': words(
    $localize`The time to undo this file is over`,
    $localize`What it changed is no longer kept.`,
    $localize`Put right what is wrong with a corrected file or by hand.`,
  ),
  'rules-empty': words(
    $localize`The rules give no points`,
    $localize`With no points for anything, every pair would be as good as every other.`,
    $localize`Give points to at least one rule.`,
  ),
  'grade-range-reversed': words(
    $localize`The grade range is the wrong way round`,
    $localize`The lowest grade stands above the highest.`,
    $localize`Swap the two.`,
  ),
  'round-empty': words(
    $localize`Nobody to match yet`,
    $localize`A round needs at least one mentee and one mentor with a free place.`,
    $localize`Load a file, or let open requests and active mentors join.`,
  ),
  'run-in-progress': words(
    $localize`Matching is under way`,
    $localize`While it runs, the round cannot be changed.`,
    $localize`Wait until it has finished, or stop it.`,
  ),
  'run-not-finished': words(
    $localize`This run has not finished`,
    $localize`Only a finished run can be released.`,
    $localize`Wait until it is done, or choose another run.`,
  ),
  'proposal-answered': words(
    $localize`This has been answered already`,
    $localize`An answer was given, here or in another window.`,
    $localize`Load it again to see where it stands.`,
  ),
  'proposal-expired': words(
    $localize`The time to answer is over`,
    $localize`Nobody answered in time, so the proposal lapsed. Unless another mentor says yes, the mentee is at the front of the next round.`,
    $localize`If you would still like this pair, tell a coordinator.`,
  ),
  'mentor-full': words(
    $localize`There is no free place left`,
    $localize`The last place was taken a moment ago.`,
    $localize`Nobody loses their turn: whoever is left over goes to the front of the next round.`,
  ),
  'too-many-open-proposals': (facts) => {
    const most = fact(facts, 'most') ?? '3';
    return words(
      $localize`Enough people are asked already`,
      $localize`A mentee may wait for ${most}:most: answers at once.`,
      $localize`Wait for an answer, or withdraw one of the open proposals.`,
    );
  },
  'kept-apart': (facts) =>
    words(
      $localize`These two are kept apart`,
      keptApartWords(fact(facts, 'by')),
      $localize`Choose somebody else, or change the rule where it is one of the round's own.`,
    ),
  'no-place-to-pin': (facts) =>
    words(
      $localize`There is no place for this pin`,
      fact(facts, 'side') === 'mentee'
        ? $localize`The mentee is pinned to as many mentors as the round proposes to them, or waits for as many answers as one may.`
        : $localize`All places that the mentor offers in this round are full or pinned already.`,
      $localize`Take another pin back first, or give one more place.`,
    ),
  'choice-made': words(
    $localize`These two are pinned or forbidden already`,
    $localize`A coordinator decided about them before, here or in another window.`,
    $localize`Take that back first.`,
  ),
  'question-asked': words(
    $localize`You have asked already`,
    $localize`A mentor asks once before answering, so that nobody waits without end.`,
    $localize`Say yes or no; a no is fine.`,
  ),
  'still-active': words(
    $localize`They are still here`,
    $localize`Only people who have left are erased.`,
    $localize`Set their last day first; from the day after, they can be erased.`,
  ),
  'already-erased': words(
    $localize`They are erased already`,
    $localize`What is left is a pseudonym, for the records of others and for the audit.`,
    $localize`There is nothing to do.`,
  ),
  'erasure-running': words(
    $localize`They are being erased`,
    $localize`Somebody asked for it a moment ago.`,
    $localize`Wait until it is done; the page shows it.`,
  ),
  'name-differs': words(
    $localize`That is not the name`,
    $localize`Nobody is erased by a click too many, so the name is typed by hand.`,
    $localize`Type the name as it stands on the page.`,
  ),
  'password-wrong': words(
    $localize`That is not your password`,
    $localize`Only whoever knows the present password can set another.`,
    $localize`Try again, or sign out and ask for a link to set a new one.`,
  ),
  'asks-themself': words(
    $localize`They ask for it themself`,
    $localize`Somebody who can sign in has their copy under “My account”, and nobody else fetches it.`,
    $localize`Tell them where to find it.`,
  ),
  'export-gone': words(
    $localize`These files are gone`,
    $localize`They are deleted after some days, or when a newer copy is made.`,
    $localize`Ask for a new copy.`,
  ),
  'own-correction': words(
    $localize`Somebody else answers your own`,
    $localize`Nobody decides about a correction of their own record.`,
    $localize`Ask another coordinator or administrator.`,
  ),
  'too-many-corrections': (facts) => {
    const most = fact(facts, 'most') ?? '20';
    return words(
      $localize`You have asked for many corrections`,
      $localize`At most ${most}:most: wait for an answer at once.`,
      $localize`Wait for an answer, or take one back.`,
    );
  },
  'cost-code-taken': words(
    $localize`There is such a cost code already`,
    $localize`Codes are compared without regard to capitals, those out of use included.`,
    $localize`Choose it from the list, or take it into use again.`,
  ),
  'cost-code-not-in-use': words(
    $localize`This cost code is not in use`,
    $localize`It stays on what it was used for, and cannot be chosen for anything new.`,
    $localize`Choose another, or take it into use again under “Cost codes”.`,
  ),
  'pot-name-taken': words(
    $localize`There is such a pot in that year`,
    $localize`Two pots of one financial year cannot have one name.`,
    $localize`Choose another name, or use the pot that is there.`,
  ),
  'pot-closed': words(
    $localize`This pot is closed`,
    $localize`It was rolled over into the next year’s, and takes and gives nothing any more.`,
    $localize`Use the pot of the year that is open.`,
  ),
  'pot-overdrawn': words(
    $localize`There is not so much money in this pot`,
    $localize`What is available, committed or spent never falls below nothing; somebody may have used it a moment ago.`,
    $localize`Look at what is available now, and choose a smaller amount or put money in first.`,
  ),
  'same-pot': words(
    $localize`That is the same pot`,
    $localize`A transfer goes from one pot to another.`,
    $localize`Choose the pot that is to receive the money.`,
  ),
  'entry-corrected': words(
    $localize`This entry was taken back already`,
    $localize`An entry is corrected once, by one entry that undoes it.`,
    $localize`Look at the entry that did. You can post the right one now.`,
  ),
  'call-name-taken': words(
    $localize`Another call has this name`,
    $localize`People tell calls apart by their names.`,
    $localize`Add the year or the purpose to the name.`,
  ),
  'call-part-fixed': (facts) =>
    words(
      $localize`That can no longer be changed`,
      fact(facts, 'moment') === 'open'
        ? $localize`The call has opened, and people have seen when. Its close, its terms and its dates can still move.`
        : $localize`The call has gone too far: people have relied on it as it was.`,
      $localize`Take that change back and save the rest.`,
    ),
  'call-window-over': words(
    $localize`That moment has passed`,
    $localize`A call closes in the future, so that somebody can still hand in.`,
    $localize`Choose a later close.`,
  ),
  'call-rolled-on': words(
    $localize`The next month has begun`,
    $localize`People apply there now; two months of one call are not open at once.`,
    $localize`Grant an extension to whoever missed this one, or ask them to apply to the next.`,
  ),
  'call-scored': words(
    $localize`Somebody has begun to score`,
    $localize`A call is opened again only while nobody has: later applications would be read by others than the first.`,
    $localize`Grant an extension to whoever missed the close.`,
  ),
  'call-empty': words(
    $localize`There is nothing to score`,
    $localize`No application is endorsed.`,
    $localize`Open the call again for longer, or cancel it.`,
  ),
  'endorsements-pending': (facts) =>
    words(
      fact(facts, 'count') === '1'
        ? $localize`1 application waits for its endorsement`
        : $localize`${fact(facts, 'count') ?? ''}:count: applications wait for their endorsement`,
      $localize`Scoring begins when it is certain what is to be scored. At the deadline what nobody answered comes to you to decide.`,
      $localize`Remind them by a letter, or wait for the deadline.`,
    ),
  'unendorsed-undecided': (facts) =>
    words(
      fact(facts, 'count') === '1'
        ? $localize`1 application was never endorsed, and waits for you`
        : $localize`${fact(facts, 'count') ?? ''}:count: applications were never endorsed, and wait for you`,
      $localize`Nobody answered in time. Silence never endorses, so you decide whether each goes on.`,
      $localize`Decide on them under Endorsements.`,
    ),
  'extensions-running': (facts) =>
    words(
      fact(facts, 'count') === '1'
        ? $localize`1 extension still runs`
        : $localize`${fact(facts, 'count') ?? ''}:count: extensions still run`,
      $localize`Somebody was granted more time, and has not handed in yet.`,
      $localize`Wait until then, or take the extension back.`,
    ),
  'awards-open': (facts) =>
    words(
      fact(facts, 'count') === '1'
        ? $localize`1 award or place in reserve is still open`
        : $localize`${fact(facts, 'count') ?? ''}:count: awards or places in reserve are still open`,
      $localize`A call is archived when nothing more can happen in it.`,
      $localize`Awards close with their last claim, or at the claim-by date.`,
    ),
  'budget-below-committed': words(
    $localize`More than that has been awarded already`,
    $localize`The budget of a call is never below what its awards have committed and spent.`,
    $localize`Choose at least that sum.`,
  ),
  'extension-to-self': words(
    $localize`Nobody grants themselves more time`,
    $localize`An extension is a decision about somebody else.`,
    $localize`Ask another coordinator.`,
  ),
  'extension-not-later': words(
    $localize`That is no more time`,
    $localize`An extension ends after the close of the call, and in the future.`,
    $localize`Choose a later moment.`,
  ),
  'recipients-changed': (facts) =>
    words(
      $localize`The list has changed`,
      $localize`It would now go to ${fact(facts, 'count') ?? '0'}:count:: somebody handed in, or was answered, since you looked. Nothing was sent.`,
      $localize`Look at the preview again, then send.`,
    ),
  'nobody-chosen': words(
    $localize`Nobody is chosen`,
    $localize`No applicant with an e-mail address fits this choice.`,
    $localize`Choose other applicants.`,
  ),
  'entry-not-corrected-by-hand': words(
    $localize`This entry is not taken back by hand`,
    $localize`It follows from an award or a claim, or is itself a correction.`,
    $localize`Change the award or the claim: its entries follow. In the place of a correction, post the right entry.`,
  ),
  'call-not-open': words(
    $localize`This call takes no applications now`,
    $localize`It is not open, or not open to you.`,
    $localize`The page of the call says when it opens, and when the next one does.`,
  ),
  'submission-too-late': words(
    $localize`The time to send this has passed`,
    $localize`Applications are taken until the second at which the call closes; one that came back with a question, until the end of its grace.`,
    $localize`Your draft is kept. A coordinator can grant you an extension, with a reason.`,
  ),
  'application-incomplete': words(
    $localize`You cannot send this yet`,
    $localize`Something is missing, or cannot be read as it is.`,
    $localize`Put right what is marked, then send it. Your draft is kept.`,
  ),
  'rules-fail': words(
    $localize`A rule of the call is not met`,
    $localize`One or more of the call's rules are not met. Each says why beside the form.`,
    $localize`Your draft is kept; send it once every rule passes.`,
  ),
  'one-application': words(
    $localize`You have applied to this call already`,
    $localize`This call takes one application from each person.`,
    $localize`Open the one you have. Withdrawn, it no longer counts.`,
  ),
  'own-application': words(
    $localize`This application is yours`,
    $localize`Nobody decides on their own application.`,
    $localize`Ask another coordinator.`,
  ),
  'appeal-made': words(
    $localize`You have asked about this decision already`,
    $localize`Feedback or a review of process can be asked for once.`,
    $localize`What you asked, and the answer once it is there, stand on the application's page.`,
  ),
  'appeal-answered': words(
    $localize`This has been answered`,
    $localize`Somebody answered it before you.`,
    $localize`Load the page to see the answer.`,
  ),
  'too-many-files': words(
    $localize`That is one file too many`,
    $localize`Up to ten files go with an application.`,
    $localize`Remove one that matters less, or put several into one PDF.`,
  ),
  'own-agreement': words(
    $localize`The other one of you confirms`,
    $localize`You wrote this agreement; it counts once the other has read and confirmed it.`,
    $localize`They have been told. You can still change it until then.`,
  ),
  'not-in-moderation': words(
    $localize`This call is not being moderated`,
    $localize`Scenarios are made, proposed and published once all reviews are locked, and before the decisions are out.`,
    $localize`The page of the call says where it stands.`,
  ),
  'nothing-to-allocate': words(
    $localize`There is nothing to allocate yet`,
    $localize`No application of this call has been scored.`,
    $localize`Applications are scored when the chair closes moderation.`,
  ),
  'review-missing': words(
    $localize`Somebody has not been scored yet`,
    $localize`An application of this call has no locked review, and nobody is decided about unread.`,
    $localize`The chair can go back to scoring and assign it.`,
  ),
  'bar-above-call': words(
    $localize`The bar cannot be raised`,
    $localize`People applied under the bar that the call states. A scenario can lower it for everybody, never raise it.`,
    $localize`Use the bar of the call, or a lower one.`,
  ),
  'part-awards-not-offered': words(
    $localize`This call has no part-awards`,
    $localize`Its terms said that an application gets what it asks for, or nothing.`,
    $localize`Leave part-awards off.`,
  ),
  'group-limits-overlap': words(
    $localize`Two limits are about the same people`,
    $localize`Somebody would count for two groups: one unit lies within the other, or units and grades are mixed.`,
    $localize`Limit units that lie side by side, or grades, not both.`,
  ),
  'group-limits-unmet': words(
    $localize`No choice of awards meets these limits`,
    $localize`What groups are to receive at least comes to more than the budget, or than their applications ask for.`,
    $localize`Lower a floor, raise a cap, or raise the budget.`,
  ),
  'allocation-too-hard': words(
    $localize`No answer was found that we can vouch for`,
    $localize`The search for the best total took too long, or its answer did not stand up to the check. We show none rather than a wrong one.`,
    $localize`Try another budget, fewer limits, or another method.`,
  ),
  'preview-with-limits': words(
    $localize`Limits by group take longer than a preview`,
    $localize`The line can be dragged while no group has a floor or a cap.`,
    $localize`Make a scenario: it is worked out in the background.`,
  ),
  'scenario-not-computed': words(
    $localize`This scenario has no result yet`,
    $localize`It is still being worked out, or was stopped.`,
    $localize`Wait for it, or make another.`,
  ),
  'scenario-stale': words(
    $localize`What this scenario was computed from has changed`,
    $localize`An application was withdrawn, or a score changed, since it was worked out. Nothing was published.`,
    $localize`Make the scenario again with the same parameters, and propose that one.`,
  ),
  'scenario-on-its-way': words(
    $localize`Another scenario of this call is on its way`,
    $localize`One is proposed or approved at a time.`,
    $localize`Withdraw that one first, or have it rejected.`,
  ),
  'scenario-name-taken': words(
    $localize`There is a scenario of this name`,
    $localize`Names of a call's scenarios are different, so that two people speak of the same one.`,
    $localize`Choose another name, or leave it empty for the next letter.`,
  ),
  'scenario-over-budget': words(
    $localize`That is more than there is to give`,
    $localize`The awards would come to more than the budget: that of the scenario, or the most that the call may give away.`,
    $localize`Award less here, or take another award back first.`,
  ),
  'part-above-asked': words(
    $localize`A part-award is less than what was asked`,
    $localize`The amount is what was asked for, or more.`,
    $localize`Award in full, or type a smaller amount.`,
  ),
  'part-below-least': (facts) =>
    words(
      $localize`That is too little to make it possible`,
      $localize`The applicant needs at least ${poundsOf(Number(facts['leastPence'] ?? 0))}:least:.`,
      $localize`Award that or more, or put it on the reserve list.`,
    ),
  'own-proposal': words(
    $localize`Another person approves this`,
    $localize`You proposed it, and money takes two people.`,
    $localize`Ask one of those named beside the button.`,
  ),
  'own-call': words(
    $localize`You applied to this call yourself`,
    $localize`Whoever applies sees nothing of its scores and takes no part in deciding it.`,
    $localize`Another coordinator or programme lead does it.`,
  ),
  'panel-conflict': words(
    $localize`You have an interest in one of the applicants`,
    $localize`You are on this call's panel and stand aside for somebody in it: their scores could be told from the workbench.`,
    $localize`Another coordinator or programme lead does it.`,
  ),
  'panelist-known': words(
    $localize`They are on this panel already`,
    $localize`Everybody sits on a panel once.`,
    $localize`Change what they read in the list.`,
  ),
  'panelist-has-reviews': words(
    $localize`They have been given applications to read`,
    $localize`So that it can be said who read what, they stay on the panel.`,
    $localize`Set the most they read to 0, and give their open reviews to somebody else.`,
  ),
  'panel-settled': words(
    $localize`This panel has done its work`,
    $localize`Scoring has closed, or the call has ended.`,
    $localize`If a review must be done again, send it back from moderation.`,
  ),
  'panel-empty': words(
    $localize`Nobody is on this panel yet`,
    $localize`Applications need somebody to read them.`,
    $localize`Add panelists first, at least as many as each application needs readers.`,
  ),
  'not-on-panel': words(
    $localize`They are not on this panel`,
    $localize`Only panelists of the call read its applications.`,
    $localize`Choose somebody from the list, or ask a coordinator to add them.`,
  ),
  'panelist-reads-already': words(
    $localize`They read this application already, or gave it back`,
    $localize`One person reads an application once.`,
    $localize`Choose somebody else from the list.`,
  ),
  'panelist-has-interest': words(
    $localize`They have an interest in this applicant`,
    $localize`Nobody reads the application of a person they manage, report to, are paired with or declared.`,
    $localize`Choose somebody else from the list.`,
  ),
  'panelist-full': words(
    $localize`They have as many reviews as they take`,
    $localize`A coordinator set the most they read.`,
    $localize`Choose somebody else, or raise what they take.`,
  ),
  'panelist-not-free': words(
    $localize`That substitute cannot read this application`,
    $localize`They read it already, have an interest, or have as many as they take. Nothing was sent back.`,
    $localize`Choose somebody else from the list.`,
  ),
  'interest-known': words(
    $localize`We know of this interest`,
    $localize`It is your own application: you never read it.`,
    $localize`There is nothing to do.`,
  ),
  'interest-declared': words(
    $localize`You declared this already`,
    $localize`It stands, and you read nothing of this person’s.`,
    $localize`There is nothing to do. You can take it back in the list.`,
  ),
  'scoring-closed': words(
    $localize`This call is not being scored now`,
    $localize`Scoring has not begun, or it has closed. What was submitted counts.`,
    $localize`If something is wrong with a review, ask the chair to send it back.`,
  ),
  'criterion-unknown': words(
    $localize`These scores do not fit the rubric`,
    $localize`One of them is for a criterion that this application is not scored by.`,
    $localize`Load the page again; what you wrote in the comments is kept here.`,
  ),
  'scores-missing': words(
    $localize`Some criteria have no score yet`,
    $localize`A review counts once every criterion is scored.`,
    $localize`Give each a score from 0 to 5, then submit.`,
  ),
  'reviews-missing': (facts) =>
    words(
      Number(facts?.['applications']) === 1
        ? $localize`1 application lacks reviews`
        : $localize`${facts?.['applications'] ?? ''}:count: applications lack reviews`,
      $localize`Scoring closes when every application has as many reviews as the call promised.`,
      $localize`Chase their readers on the panel’s page, or give the reviews to somebody else.`,
    ),
  'reviews-missing-elsewhere': words(
    $localize`An application that is not yours to see lacks reviews`,
    $localize`You have an interest in its applicant, so it is not counted in what you see.`,
    $localize`Ask a coordinator, or another chair, to look after it.`,
  ),
  'nothing-to-moderate': words(
    $localize`There is nothing to moderate`,
    $localize`No application of this call is eligible.`,
    $localize`See the call’s applications for why.`,
  ),
  'scores-not-open': words(
    $localize`Scores are not open yet`,
    $localize`While the panel is scoring, nobody sees scores but their own.`,
    $localize`They open here when scoring closes.`,
  ),
  'award-overdrawn': words(
    $localize`The award has not as much`,
    $localize`Nothing was paid or released. Something else was paid from it meanwhile.`,
    $localize`Load the page again: it shows what is left now.`,
  ),
  'call-budget-spent': words(
    $localize`That is more than the call may give away`,
    $localize`All its awards together would be above its budget. Nothing was awarded.`,
    $localize`Award less, or have the budget of the call raised.`,
  ),
  'award-claimed': words(
    $localize`Something was claimed of this award already`,
    $localize`From the first claim or advance on, an award stands until it is settled.`,
    $localize`If you cannot go, say so on the award’s page, and claim what you cannot get back.`,
  ),
  'offer-expired': words(
    $localize`The time to answer this award is over`,
    $localize`It was offered for fourteen days. Its money goes to the reserve list.`,
    $localize`If something kept you from answering, speak to the coordinator of the call.`,
  ),
  'abstract-waiting': words(
    $localize`The award hangs on your abstract`,
    $localize`We do not know yet whether it was accepted.`,
    $localize`Say so first, on the award’s page.`,
  ),
  'event-not-over': words(
    $localize`The event is not over yet`,
    $localize`That you were there can be said from its last day on.`,
    $localize`There is no hurry: the day after, we take it that you went.`,
  ),
  'event-unchanged': words(
    $localize`That is the event as it stands`,
    $localize`Neither its name nor its dates differ, so there is nothing to ask your manager.`,
    $localize`Change what has moved, or close the form.`,
  ),
  'claim-open': words(
    $localize`One claim is under way already`,
    $localize`Claims of an award are looked at one after the other.`,
    $localize`Once it is approved you can begin the next.`,
  ),
  'claim-empty': words(
    $localize`There is nothing in this claim`,
    $localize`It has no line.`,
    $localize`Add what you spent; or, if you have nothing more to claim, say that it is your last.`,
  ),
  'claim-over-award': (facts) =>
    words(
      $localize`That is more than is left of the award`,
      $localize`${poundsOf(Number(facts['leftPence'] ?? 0))}:left: can be claimed. Nothing was sent or approved.`,
      $localize`Claim less. What goes beyond the award is not the fund’s to pay.`,
    ),
  'claim-by-passed': words(
    $localize`The time to claim is over`,
    $localize`What nobody had claimed by the date has gone back to the fund.`,
    $localize`If something kept you from claiming, speak to the coordinator of the call.`,
  ),
  'claim-held': (facts) =>
    words(
      $localize`A last claim waits for a report`,
      $localize`The report on ${fact(facts, 'subject') ?? $localize`an event`}:event: is overdue. Nothing was approved or paid.`,
      $localize`It can go on as soon as the report is handed in.`,
    ),
  'own-claim': words(
    $localize`This is your own money, or you sent the claim`,
    $localize`Nobody decides on their own claim, on one that they sent for somebody, nor in another person’s place.`,
    $localize`Another finance officer does.`,
  ),
  'receipt-missing': words(
    $localize`A line has neither a receipt nor a reason why not`,
    $localize`The claim was not sent. Nothing that you wrote is lost.`,
    $localize`Photograph the receipt, or say why there is none.`,
  ),
  'receipt-unknown': words(
    $localize`One of the receipts is not there`,
    $localize`It was handed in by somebody else, for something else, or so long ago that it was let go of.`,
    $localize`Take it out and add it again.`,
  ),
  'advance-over-limit': (facts) =>
    words(
      $localize`That is more than can be paid in advance`,
      $localize`At most ${poundsOf(Number(facts['mostPence'] ?? 0))}:most: now: what your application said must be paid up front, before the first claim.`,
      $localize`Ask for less, or claim once you have paid.`,
    ),
  'advance-asked': words(
    $localize`An advance is asked for already`,
    $localize`Finance has not decided on it yet, or the bank sent it back and it waits to be mended.`,
    $localize`Look at the award’s page: it says what is next.`,
  ),
  'repayment-over-owed': (facts) =>
    words(
      $localize`That is more than was advanced and not claimed`,
      $localize`${poundsOf(Number(facts['owedPence'] ?? 0))}:owed: is open.`,
      $localize`Look at the amount again.`,
    ),
  'batch-empty': words(
    $localize`There is nothing to pay`,
    $localize`No approved claim waits for a batch, or all were taken out of this one.`,
    $localize`Approve claims first.`,
  ),
  'last-claim-sent': words(
    $localize`The last claim was sent`,
    $localize`What is left of the award goes back to the fund when it is paid.`,
    $localize`If it was not the last, ask finance to send it back to you.`,
  ),
};

/** The words for a problem, with its facts. */
export const refusalWords = ({ refusal, facts }: Pick<Problem, 'refusal' | 'facts'>): ProblemWords => {
  const found = wordsOf[refusal];
  return typeof found === 'function' ? found(facts) : found;
};

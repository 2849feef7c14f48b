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
  'file-empty': words(
    $localize`The file is empty`,
    $localize`There is no row below the headings.`,
    $localize`Check that you chose the right file, and save it again from the sheet.`,
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
  'entry-not-corrected-by-hand': words(
    $localize`This entry is not taken back by hand`,
    $localize`It follows from an award or a claim, or is itself a correction.`,
    $localize`Change the award or the claim: its entries follow. In the place of a correction, post the right entry.`,
  ),
  'own-agreement': words(
    $localize`The other one of you confirms`,
    $localize`You wrote this agreement; it counts once the other has read and confirmed it.`,
    $localize`They have been told. You can still change it until then.`,
  ),
};

/** The words for a problem, with its facts. */
export const refusalWords = ({ refusal, facts }: Pick<Problem, 'refusal' | 'facts'>): ProblemWords => {
  const found = wordsOf[refusal];
  return typeof found === 'function' ? found(facts) : found;
};

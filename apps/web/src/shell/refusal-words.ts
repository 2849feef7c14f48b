import type { ProblemWords } from '@waymark/ui';
import type { Facts, Problem, Refused } from './problem';

type Words = ProblemWords | ((facts: Facts) => ProblemWords);

const words = (title: string, text: string, help = ''): ProblemWords => ({ title, text, help });

/** A fact as the wording needs it, or null where the server did not give it. */
const fact = (facts: Facts, name: string): string | null => {
  const value = facts[name];
  return value === undefined || value === '' ? null : String(value);
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
  'body-too-large': words(
    $localize`That is too large to send`,
    $localize`A file may hold up to 4 MB.`,
    $localize`Send a smaller file, or split it in two.`,
  ),
  'unsupported-media-type': words(
    $localize`That kind of file cannot be read here`,
    $localize`Waymark reads CSV files.`,
    $localize`Save the sheet as CSV, then choose it again.`,
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
  'manager-cycle': words(
    $localize`These two would manage each other`,
    $localize`The person you chose reports, directly or through others, to this person.`,
    $localize`Choose somebody who is not below them.`,
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
    $localize`This file is being loaded already`,
    $localize`Loading started a moment ago, here or in another window.`,
    $localize`Wait until it has finished; this page shows how far it is.`,
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

import { type ApplicationDocument, type CallCriterion, type CostCategory, poundsOf } from '@waymark/contracts';
import { DateTime } from 'luxon';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces';
import { spoken } from './letters';
import type { ToRead } from './read-application';

export interface Pack {
  callName: string;
  reader: string;
  part: number;
  parts: number;
  madeAt: Date;
  timeZone: string;
  applications: readonly ToRead[];
}

const costWords: Readonly<Record<CostCategory, string>> = {
  registration: 'Registration',
  travel: 'Travel',
  accommodation: 'Accommodation',
  subsistence: 'Subsistence',
  'carer-and-access': 'Carer and access costs',
  other: 'Other',
};
const partWords: Readonly<Record<ApplicationDocument['event']['as'], string>> = {
  attending: 'attending',
  poster: 'a poster',
  talk: 'a talk',
  workshop: 'a workshop',
};
const ink = '#1c2433';
const quiet = '#4d5769';
const rule = '#c3cad6';

/** One application a page or more, each with its rubric to fill in by hand; with title, language and bookmarks set. */
export const packDocument = (pack: Pack): TDocumentDefinitions => {
  const title = `Reading pack: ${pack.callName}${pack.parts > 1 ? `, part ${pack.part} of ${pack.parts}` : ''}`;
  const made = DateTime.fromJSDate(pack.madeAt, { zone: pack.timeZone })
    .setLocale('en-GB')
    .toFormat('d MMMM yyyy, HH:mm');
  return {
    pageSize: 'A4',
    pageMargins: [50, 60, 50, 60],
    displayTitle: true,
    version: '1.7',
    language: 'en-GB',
    info: { title, author: 'Waymark', subject: `Applications to read for ${pack.callName}` },
    defaultStyle: { font: 'Roboto', fontSize: 10.5, lineHeight: 1.3, color: ink },
    styles: {
      title: { fontSize: 22, bold: true, margin: [0, 0, 0, 6] },
      application: { fontSize: 17, bold: true, margin: [0, 0, 0, 2] },
      section: { fontSize: 12, bold: true, margin: [0, 14, 0, 4] },
      quiet: { color: quiet },
      head: { bold: true, color: quiet, fontSize: 9.5 },
    },
    header: (page) =>
      page === 1 ? null : { text: pack.callName, style: 'quiet', fontSize: 9, margin: [50, 28, 50, 0] },
    footer: (page, pages) => ({
      columns: [
        { text: `For ${pack.reader} alone. Made ${made}.`, style: 'quiet', fontSize: 9 },
        { text: `Page ${page} of ${pages}`, style: 'quiet', fontSize: 9, alignment: 'right' },
      ],
      margin: [50, 20, 50, 0],
    }),
    content: [cover(pack, title), ...pack.applications.map((each) => applicationPages(each))],
  };
};

const cover = (pack: Pack, title: string): Content => ({
  stack: [
    { text: title, style: 'title' },
    {
      text: `${pack.applications.length === 1 ? '1 application' : `${pack.applications.length} applications`} to read and score.`,
      margin: [0, 0, 0, 10],
    },
    {
      text: pack.applications.some(({ application }) => application.blind)
        ? 'This call is read blind: names, units, funders and attachments are left out.'
        : 'Names are shown: this call is not read blind.',
      margin: [0, 0, 0, 10],
    },
    {
      text: 'Scores written here count once they are submitted in Waymark. Keep this to yourself, and destroy it afterwards.',
      style: 'quiet',
    },
    { text: 'What is in it', style: 'section' },
    {
      table: {
        headerRows: 1,
        widths: ['auto', '*', 'auto'],
        body: [
          headings(['Reference', 'Event', 'Asks for']),
          ...pack.applications.map(({ application: { reference, document, askedPence } }): TableCell[] => [
            reference,
            document.event.name,
            amount(askedPence),
          ]),
        ],
      },
      layout: lines,
    },
  ],
});

const headings = (words: readonly string[]): TableCell[] => words.map((text) => ({ text, style: 'head' }));
const amount = (pence: number): TableCell => ({ text: poundsOf(pence), alignment: 'right' });
const lines = {
  hLineWidth: () => 0.5,
  vLineWidth: () => 0,
  hLineColor: () => rule,
  paddingLeft: () => 0,
  paddingRight: () => 10,
  paddingTop: () => 4,
  paddingBottom: () => 4,
};

const section = (heading: string, ...content: Content[]): Content[] => [
  { text: heading, style: 'section', headlineLevel: 2 },
  ...content,
];

const applicationPages = ({ application }: ToRead): Content => {
  const { reference, applicant, document, askedPence, leastPence, questions, criteria, filesWithheld, files } =
    application;
  const { event } = document;
  const from = [applicant?.name, applicant?.unit, applicant?.grade].filter((part) => part).join(', ');
  return {
    stack: [
      { text: `${reference}: ${event.name}`, style: 'application', headlineLevel: 1, outline: true },
      ...(from ? [{ text: from, style: 'quiet' }] : []),
      {
        text: `${event.place}, ${spoken(event.startsOn)}${event.endsOn === event.startsOn ? '' : ` to ${spoken(event.endsOn)}`}, with ${partWords[event.as]}${event.onAbstract ? ', if the abstract is accepted' : ''}`,
        style: 'quiet',
      },
      {
        text: `Asks for ${poundsOf(askedPence)}; ${poundsOf(leastPence)} would still make it possible.`,
        margin: [0, 6, 0, 0],
      },
      ...section('The case', { text: document.case }),
      ...section('What they want to learn', { ol: document.objectives }),
      ...section('How it will be shared', { text: document.sharing.how || document.sharing.way.replaceAll('-', ' ') }),
      ...questions.flatMap(({ id, label }) => section(label, { text: document.answers[id] ?? '' })),
      ...section('Costs', costs(application)),
      ...(filesWithheld + files.length > 0
        ? [
            {
              text:
                filesWithheld > 0
                  ? `${attachments(filesWithheld)} left out, since a name could stand in them.`
                  : `${attachments(files.length)}, to be opened in Waymark.`,
              style: 'quiet',
              margin: [0, 8, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      ...section('Scores', rubric(criteria)),
    ],
    pageBreak: 'before',
  };
};

const attachments = (count: number): string => (count === 1 ? '1 attachment' : `${count} attachments`);

const costs = ({ document }: ToRead['application']): Content => ({
  table: {
    headerRows: 1,
    widths: ['auto', '*', 'auto'],
    body: [
      headings(['Kind', 'What', 'Amount']),
      ...document.costs.map(({ category, what, amountPence }): TableCell[] => [
        costWords[category],
        what,
        amount(amountPence),
      ]),
      ...document.otherFunding.map(({ from, confirmed, amountPence }): TableCell[] => [
        confirmed ? 'Other funding' : 'Other funding, hoped for',
        from ?? 'Not named',
        { text: `\u2212${poundsOf(amountPence)}`, alignment: 'right' },
      ]),
    ],
  },
  layout: lines,
});

const rubric = (criteria: readonly CallCriterion[]): Content => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: ['*', 'auto', 'auto'],
    body: [
      headings(['Criterion', 'Weight', '0 to 5']),
      ...criteria.map(({ name, guidance, weight }): TableCell[] => [
        {
          stack: [{ text: name, bold: true }, ...(guidance ? [{ text: guidance, style: 'quiet', fontSize: 9.5 }] : [])],
        },
        { text: `${weight}`, alignment: 'right' },
        { text: '0   1   2   3   4   5' },
      ]),
    ],
  },
  layout: lines,
});

import type { DemonstrationAccounts } from '@waymark/contracts';
import { type InventedPerson, listsCount } from './invent-staff';
import { region } from './region';

/*
 * The people one meets first: those whom the sign-in page offers, and who stand in the open round of the first
 * institution. Nobody real.
 */

export const demonstrationPassword = 'a waymark on every path';

const home = region[0];
const schools = Object.entries(home.units);

const mentorNames = [
  'Kwame Kiln',
  'Juniper Calliper',
  'Skye Stirrer',
  'Rowan Pipette',
  'Dai Spanner',
  'Glen Gauge',
  'Linnet Lens',
  'Mei Manometer',
  'Wren Lathe',
  'Anjali Anode',
  'Perry Petri',
  'Bram Burette',
  'Fern Lathe',
  'Ada Crucible',
] as const;
const menteeNames = [
  'Lowen Loom',
  'Tamsin Torque',
  'Idris Incubator',
  'Bay Bobbin',
  'Marsh Manifold',
  'Fern Beaker',
  'Heath Fixture',
  'Ash Micrometer',
  'Yusuf Yoke',
  'Zofia Zener',
  'Jasper Jig',
  'Reed Reagent',
  'Clover Cuvette',
  'Morwenna Mandrel',
  'Ash Autoclave',
  'Bryn Bandsaw',
  'Piran Pulley',
  'Nerys Nanometer',
  'Ivy Crucible',
  'Tam Tweezer',
  'Una Union',
  'Vikram Valve',
  'Wilf Winch',
  'Xanthe Xylophone',
  'Olu Oscilloscope',
  'Rhys Rivet',
] as const;
const otherNames = [
  'Hazel Hacksaw',
  'Sorrel Sieve',
  'Tove Tongs',
  'Milo Mortar',
  'Nia Nozzle',
  'Otto Ohmmeter',
  'Pia Plunger',
  'Quill Quadrant',
  'Rosa Ratchet',
  'Sami Syringe',
  'Tilda Trowel',
  'Ugo Umbel',
] as const;

const skillPairs = [
  ['welding', 'fixture design'],
  ['histology', 'biosafety'],
  ['electron microscopy', 'vacuum systems'],
  ['digital fabrication', 'laser cutting'],
  ['metrology', 'fluid power'],
  ['teaching practice', 'leading a team'],
] as const;
const skillsOf = (index: number): string[] => [...(skillPairs[index % skillPairs.length] ?? [])];

export interface CastMember extends InventedPerson {
  part: 'mentor' | 'mentee' | null;
  places: number;
  campus: string;
}

const numbers = new Map<string, string>();

const member = (
  name: string,
  jobTitle: string,
  school: number,
  grade: number,
  rest: {
    manager?: string;
    technician?: boolean;
    skills?: string[];
    part?: CastMember['part'];
    places?: number;
    campus?: string;
    awards?: InventedPerson['awards'];
  } = {},
): CastMember => {
  const [givenName = '', familyName = ''] = name.split(' ');
  const [schoolName = '', departments = []] = schools[school % schools.length] ?? [];
  const staffNumber = `${home.letters}${String(90_001 + numbers.size)}`;
  numbers.set(name, staffNumber);
  return {
    staffNumber,
    givenName,
    familyName,
    email: `${givenName}.${familyName}@${home.domain}.example`.toLowerCase(),
    jobTitle: Array.from({ length: listsCount }, () => jobTitle),
    grade: Array.from({ length: listsCount }, () => grade),
    unit: [schoolName, departments[numbers.size % departments.length] ?? null],
    manager: rest.manager ? (numbers.get(rest.manager) ?? null) : null,
    technician: rest.technician ?? true,
    from: 0,
    until: listsCount - 1,
    contractMonths: null,
    skills: rest.skills ?? [],
    awards: rest.awards ?? [],
    part: rest.part ?? null,
    places: rest.places ?? 0,
    campus: rest.campus ?? 'Hill',
  };
};

const registered = (index: number): InventedPerson['awards'] =>
  index % 3 === 0
    ? []
    : [
        {
          body: 'Science Council',
          award: index % 3 === 1 ? 'RSci' : 'RSciTech',
          number: `RS${400_000 + index * 137}`,
          monthsAgo: 6 + index * 3,
          validMonths: 72,
        },
      ];

/** Staff, managers, mentors, mentees and colleagues, then who came last: some sixty people. */
export const cast: readonly CastMember[] = [
  member('Basil Beam', 'Director of technical services', 4, 5, { technician: false }),
  member('Olive Solder', 'Mentoring coordinator', 4, 5, { technician: false, manager: 'Basil Beam' }),
  member('Iris Inkwell', 'Systems administrator', 4, 4, { technician: false, manager: 'Basil Beam' }),
  member('Rowena Rule', 'Internal auditor', 4, 4, { technician: false, manager: 'Basil Beam' }),
  member('Vera Verity', 'Registration lead', 4, 4, { technician: false, manager: 'Basil Beam' }),
  member('Hazel Gasket', 'Technical manager', 0, 4, { manager: 'Basil Beam' }),
  member('Sage Separator', 'Technical manager', 1, 4, { manager: 'Basil Beam' }),
  ...mentorNames.map((name, index) =>
    member(name, 'Senior technician', index % 4, 3 + (index % 2), {
      manager: index % 2 === 0 ? 'Hazel Gasket' : 'Sage Separator',
      skills: skillsOf(index),
      part: 'mentor',
      places: 1 + (index % 2),
      campus: index % 3 === 0 ? 'Harbour' : 'Hill',
      awards: registered(index),
    }),
  ),
  ...menteeNames.map((name, index) =>
    // One is so senior that the round's rules keep every mentor away: the workbench says so.
    member(name, 'Technician', (index + 1) % 4, index === 13 ? 5 : index % 4, {
      manager: mentorNames[(index * 5) % mentorNames.length] ?? 'Hazel Gasket',
      skills: skillsOf(index + 2).slice(0, 1 + (index % 2)),
      part: 'mentee',
      campus: index % 3 === 0 ? 'Harbour' : 'Hill',
    }),
  ),
  ...otherNames.map((name, index) => member(name, 'Technician', index % 5, index % 4, { manager: 'Hazel Gasket' })),
  member('Penny Abacus', 'Finance officer', 4, 4, { technician: false, manager: 'Basil Beam' }),
];

/** Roles of the first institution's staff. */
export const castRoles = [
  { name: 'Olive Solder', role: 'coordinator' },
  { name: 'Basil Beam', role: 'programme-lead' },
  { name: 'Iris Inkwell', role: 'institution-administrator' },
  { name: 'Rowena Rule', role: 'auditor' },
  { name: 'Vera Verity', role: 'award-verifier' },
  { name: 'Penny Abacus', role: 'finance-officer' },
] as const;

const account = (role: DemonstrationAccounts['accounts'][number]['role'], name: string) => {
  const found = cast.find((each) => `${each.givenName} ${each.familyName}` === name);
  return { role, name, email: found?.email ?? '', password: demonstrationPassword };
};

/** One account for each role, in the order in which one would try them. */
export const accountsOfDemonstration: DemonstrationAccounts['accounts'] = [
  account('coordinator', 'Olive Solder'),
  account('mentor', 'Skye Stirrer'),
  account('technician', 'Reed Reagent'),
  account('line-manager', 'Hazel Gasket'),
  account('programme-lead', 'Basil Beam'),
  account('institution-administrator', 'Iris Inkwell'),
  account('auditor', 'Rowena Rule'),
  account('award-verifier', 'Vera Verity'),
  account('finance-officer', 'Penny Abacus'),
];

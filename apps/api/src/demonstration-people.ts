import type { DemonstrationAccounts } from '@waymark/contracts';

/*
 * The people of the demonstration: nobody real. Surnames are tools and vessels, and all addresses end in `.example`,
 * which by RFC 2606 nobody can own.
 */

export const demonstrationInstitution = { name: 'Kelder Bridge University', nation: 'england-and-wales' } as const;
export const demonstrationPassword = 'a waymark on every path';

export const demonstrationUnits = [
  'Engineering',
  'Life sciences',
  'Sciences',
  'Arts and digital',
  'Estates workshops',
] as const;
export const demonstrationGrades = ['Level 3', 'Level 4', 'Level 5', 'Level 6', 'Level 7', 'Level 8'] as const;

export interface DemonstrationPerson {
  givenName: string;
  familyName: string;
  email: string;
  jobTitle: string;
  unit: string;
  grade: string;
  /** Key of the line manager in this list. */
  manager: string | null;
  technician: boolean;
  roles: ('coordinator' | 'programme-lead' | 'institution-administrator' | 'auditor')[];
  mentor: { capacity: number; skills: string[]; campus: string } | null;
  mentee: { skills: string[]; campus: string; waited: number } | null;
}

const person = (
  name: string,
  jobTitle: string,
  unit: number,
  grade: number,
  rest: Partial<Pick<DemonstrationPerson, 'manager' | 'roles' | 'mentor' | 'mentee' | 'technician'>> = {},
): DemonstrationPerson => {
  const [givenName = '', familyName = ''] = name.split(' ');
  return {
    givenName,
    familyName,
    email: `${givenName}.${familyName}@kelder-bridge.example`.toLowerCase(),
    jobTitle,
    unit: demonstrationUnits[unit] ?? '',
    grade: demonstrationGrades[grade] ?? '',
    manager: null,
    technician: true,
    roles: [],
    mentor: null,
    mentee: null,
    ...rest,
  };
};

const skills = [
  ['welding', 'fixture design'],
  ['histology', 'biosafety'],
  ['electron microscopy', 'vacuum systems'],
  ['digital fabrication', 'laser cutting'],
  ['metrology', 'fluid power'],
  ['teaching practice', 'leading a team'],
] as const;
const skillsOf = (index: number): string[] => [...(skills[index % skills.length] ?? [])];
const campusOf = (index: number): string => (index % 3 === 0 ? 'Harbour' : 'Hill');

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

/** Staff, then managers, mentors, mentees and colleagues: some sixty people. */
export const demonstrationPeople: DemonstrationPerson[] = [
  person('Olive Solder', 'Mentoring coordinator', 4, 5, { roles: ['coordinator'], technician: false }),
  person('Basil Beam', 'Head of technical services', 4, 5, { roles: ['programme-lead'], technician: false }),
  person('Iris Inkwell', 'Systems administrator', 4, 4, { roles: ['institution-administrator'], technician: false }),
  person('Rowena Rule', 'Internal auditor', 4, 4, { roles: ['auditor'], technician: false }),
  person('Hazel Gasket', 'Technical manager', 0, 4, { manager: 'Basil Beam' }),
  person('Sage Separator', 'Technical manager', 1, 4, { manager: 'Basil Beam' }),
  ...mentorNames.map((name, index) =>
    person(name, 'Senior technician', index % 4, 3 + (index % 2), {
      manager: index % 2 === 0 ? 'Hazel Gasket' : 'Sage Separator',
      mentor: { capacity: 1 + (index % 2), skills: skillsOf(index), campus: campusOf(index) },
    }),
  ),
  ...menteeNames.map((name, index) =>
    // One is so senior that the round's rules keep every mentor away: the workbench says so.
    person(name, 'Technician', (index + 1) % 4, index === 13 ? 5 : index % 4, {
      manager: mentorNames[(index * 5) % mentorNames.length] ?? null,
      mentee: {
        skills: skillsOf(index + 2).slice(0, 1 + (index % 2)),
        campus: campusOf(index),
        waited: index % 7 === 0 ? 1 : 0,
      },
    }),
  ),
  ...otherNames.map((name, index) => person(name, 'Technician', index % 5, index % 4, { manager: 'Hazel Gasket' })),
];

const account = (role: DemonstrationAccounts['accounts'][number]['role'], name: string) => {
  const found = demonstrationPeople.find((each) => `${each.givenName} ${each.familyName}` === name);
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
];

import type { ScoredApplication, Unit } from './allocation-work';

/* The call of the allocation workbench's mockup, for the specs: worked out by hand there, to the penny. */

const rows: readonly [name: string, unit: string, score: number, asked: number, least: number][] = [
  ['Rowan Pipette', 'Sciences', 912, 780, 500],
  ['Tamsin Torque', 'Engineering', 897, 640, 640],
  ['Anjali Anode', 'Sciences', 889, 1480, 900],
  ['Dai Spanner', 'Engineering', 874, 520, 380],
  ['Wren Lathe', 'Engineering', 866, 910, 600],
  ['Perry Petri', 'Life sciences', 851, 460, 460],
  ['Ivy Crucible', 'Sciences', 843, 870, 550],
  ['Kwame Kiln', 'Arts and digital', 838, 690, 450],
  ['Juniper Calliper', 'Engineering', 829, 730, 500],
  ['Linnet Lens', 'Sciences', 821, 1240, 800],
  ['Glen Gauge', 'Engineering', 814, 1390, 950],
  ['Mei Manometer', 'Sciences', 806, 980, 620],
  ['Clover Cuvette', 'Life sciences', 797, 850, 520],
  ['Heath Fixture', 'Engineering', 788, 560, 400],
  ['Zofia Zener', 'Engineering', 779, 740, 480],
  ['Reed Reagent', 'Sciences', 772, 612, 420],
  ['Bay Bobbin', 'Arts and digital', 761, 690, 430],
  ['Marsh Manifold', 'Engineering', 753, 1310, 700],
  ['Skye Stirrer', 'Life sciences', 746, 820, 540],
  ['Ash Micrometer', 'Sciences', 731, 960, 600],
  ['Fern Beaker', 'Life sciences', 702, 430, 300],
  ['Yusuf Yoke', 'Sciences', 688, 1050, 700],
  ['Idris Incubator', 'Life sciences', 654, 580, 400],
  ['Jasper Jig', 'Arts and digital', 471, 720, 450],
];

export const mockup: ScoredApplication[] = rows.map(([id, unitId, score, asked, least]) => ({
  ...{ id, unitId, gradeId: null, bar: 500, sum: score * 3, count: 3 },
  ...{ asked: asked * 100, least: least * 100 },
}));

export const mockupUnits: Unit[] = [
  { id: 'College', parentId: null, name: 'College' },
  ...['Sciences', 'Engineering', 'Life sciences', 'Arts and digital'].map((name) => ({
    ...{ id: name, parentId: 'College', name },
  })),
];

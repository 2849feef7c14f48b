export { type RelationshipKind, peopleEntities } from './entities';
export { type NewPerson, PeopleFacade, type PersonFacts, type RelationshipFact } from './people-facade';
export { cardJoins, cardOf, instantOf, patternOf } from './person-card';

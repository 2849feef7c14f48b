export { type RelationshipKind, peopleEntities } from './entities';
export { type NewPerson, PeopleFacade, type PersonFacts, type RelationshipFact } from './people-facade';
export { cardJoins, cardOf, instantOf, patternOf } from './person-card';
export { PeopleModule, peopleEventHandlers, peopleJobHandlers, peopleScheduledTasks } from './people-module';
export { hashPassword } from './sign-in/passwords';
export { SetUp, SetUpCode } from './sign-in/set-up';

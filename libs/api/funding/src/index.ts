export { fundingEntities } from './entities';
export { FundingModule } from './funding-module';
export { fundingImpersonalTables, fundingPersonalTables } from './funding-personal-data';
/** What a demonstration does as its people would. */
export { CorrectEntry } from './ledger/correct-entry';
export { Entries } from './ledger/entries';
export { AddPot } from './pots/add-pot';
export { AddCostCode } from './pots/cost-codes';
export { FundPot } from './pots/fund-pot';
export { RollPotOver } from './pots/roll-pot-over';
export { TransferBetweenPots } from './pots/transfer-between-pots';

export { whereaboutsOf } from '@waymark/api-people';

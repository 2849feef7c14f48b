-- The directory: search that forgives, awards, published profiles. For the search see docs/decisions/0017-search-by-keys.md.

-- Text as search compares it: case folded, accents off, letters whose stroke is no accent written plainly. The collations are
-- PostgreSQL's own, so that it is the same on every server.
create function folded(value text) returns text
  language sql immutable strict parallel safe
  return replace(replace(replace(
    translate(
      regexp_replace(casefold(normalize(value, NFKD) collate pg_unicode_fast) collate "C", '[\u0300-\u036f]', '', 'g'),
      'øłđħŧı', 'oldhti'),
    'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');

-- Words apart by single characters of space: what joins words parts them, an apostrophe goes. All else stays as it is typed.
create function parted(folded_text text) returns text
  language sql immutable strict parallel safe
  return translate(folded_text, '-‐‑–—,;:/()[]{}"|&+.·@' || chr(9) || chr(10) || chr(13) || chr(160) || '''’ʼ`´', repeat(' ', 26));

-- The words of a folded name, those with an apostrophe by their parts too.
create function name_words(folded_name text) returns text
  language sql immutable strict parallel safe
  return parted(folded_name || case when folded_name ~ '[''’ʼ`´]' then ' ' || regexp_replace(folded_name, '[''’ʼ`´]', ' ', 'g') else '' end);

-- What is searched beside the name: the job title, and the words before the @ that the name does not hold already, without
-- the numbers that tell namesakes apart.
create function search_rest(job_title text, email text, folded_name text) returns text
  language sql immutable parallel safe
  return folded(concat_ws(' ', job_title, (
    select string_agg(w, ' ') from unnest(string_to_array(parted(folded(translate(split_part(email, '@', 1), '0123456789_', ' '))), ' ')) w
    where position(w in folded_name) = 0)));

-- The keys by which a person is found: n and o before each word of the name and of the rest (job title, what stands before
-- the @), e before the whole address, s before the staff number. Each begins with the institution, so that the index of all
-- institutions is read in one of them alone.
create function search_keys(institution uuid, name text, rest text, email text, staff_number text) returns tsvector
  language sql immutable parallel safe
  return array_to_tsvector(string_to_array(
    right(institution::text, 6) || 'n' || replace(name_words(name), ' ', ' ' || right(institution::text, 6) || 'n')
    || ' ' || right(institution::text, 6) || 'o' || replace(parted(rest), ' ', ' ' || right(institution::text, 6) || 'o')
    || coalesce(' ' || right(institution::text, 6) || 'e' || replace(email, ' ', ''), '')
    || coalesce(' ' || right(institution::text, 6) || 's' || replace(staff_number, ' ', '') || ' ' || right(institution::text, 6) || 's' || ltrim(replace(staff_number, ' ', ''), '0'), ''), ' '));

-- One key as a query; whatever the word holds is plain text.
create function search_term(institution uuid, kind text, word text, prefix boolean) returns tsquery
  language sql immutable strict parallel safe
  return ('''' || replace(replace(right(institution::text, 6) || kind || word, '\', '\\'), '''', '''''') || '''' || case when prefix then ':*' else '' end)::tsquery;

-- What a slip of the finger leaves of a word: its first seven letters, and those with one of them left out. Two words that
-- are one slip apart (a letter more, less, wrong, or two changed over) have one of these in common.
create function search_slips(institution uuid, word text) returns text[]
  language sql immutable parallel safe
  return array(
    select right(institution::text, 6) || left(word, 7)
    union
    select right(institution::text, 6) || left(left(word, 7), n - 1) || substr(left(word, 7), n + 1)
    from generate_series(1, least(char_length(word), 7)) n where char_length(word) >= 4);

-- How many slips lie between two words: letters more, less, wrong, or two neighbours changed over.
create function slips_between(one text, other text) returns integer
  language plpgsql immutable strict parallel safe
  as $$
declare
  a text[] := string_to_array(one, null);
  b text[] := string_to_array(other, null);
  before integer[];
  last integer[];
  now integer[];
begin
  last := array(select generate_series(0, cardinality(b)));
  for i in 1..cardinality(a) loop
    now := array[i];
    for j in 1..cardinality(b) loop
      now[j + 1] := least(now[j] + 1, last[j + 1] + 1, last[j] + (a[i] <> b[j])::integer);
      if i > 1 and j > 1 and a[i] = b[j - 1] and a[i - 1] = b[j] then
        now[j + 1] := least(now[j + 1], before[j - 1] + 1);
      end if;
    end loop;
    before := last;
    last := now;
  end loop;
  return last[cardinality(b) + 1];
end $$;

-- What search reads of each person; kept by the triggers below. The application may read it, and only they write it.
create table person_search (
  institution_id uuid not null,
  person_id uuid not null,
  -- Folded: given name first, and family name first, by which lists are ordered.
  name text collate "C" not null,
  listed_as text collate "C" not null,
  left_on date,
  keys tsvector not null,
  -- No foreign key: the triggers alone write it, from the very rows; and a check for each of forty thousand rows that came in
  -- one statement was planned by the statistics of an empty table, at times a hundred seconds long.
  constraint person_search_pk primary key (institution_id, person_id)
);
create index person_search_keys on person_search using gin (keys);
select protect_tenant_table('person_search');
revoke insert, update, delete on person_search from waymark_app;

-- Every word that somebody's keys hold, once an institution: a mistyped word is compared with these few and not with everybody.
create table search_word (
  institution_id uuid not null,
  word text collate "C" not null,
  constraint search_word_pk primary key (institution_id, word),
  constraint search_word_institution foreign key (institution_id) references institution (id)
);
create index search_word_slips on search_word using gin (search_slips(institution_id, word));
select protect_tenant_table('search_word');
revoke insert, update, delete on search_word from waymark_app;

-- The words that a typing mistake is looked for in: no numbers, no initials, nothing endless.
create function is_search_word(word text) returns boolean
  language sql immutable strict parallel safe
  return char_length(word) between 3 and 40 and translate(word, '0123456789', '') = word;

create function words_of_keys(keys tsvector) returns setof text
  language sql immutable strict parallel safe
  begin atomic
    select distinct substr(lexeme, 8) from unnest(keys)
    where substr(lexeme, 7, 1) in ('n', 'o') and is_search_word(substr(lexeme, 8));
  end;

-- New people come many at a time: one statement for all of them. Definer: the policy would cost the upkeep its index.
create function search_new_people() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  -- Neither statement joins anything: their plans are kept, and the next one may bring one row or forty thousand.
  insert into person_search (institution_id, person_id, name, listed_as, left_on, keys)
    select f.institution_id, f.id, f.name, trim(folded(f.family_name || ' ' || f.given_name)), f.left_on,
      search_keys(f.institution_id, f.name, f.rest, folded(f.email), folded(f.staff_number))
    from (
      select p.*, trim(folded(p.given_name || ' ' || p.family_name)) as name,
        search_rest(p.job_title, p.email, trim(folded(p.given_name || ' ' || p.family_name))) as rest
      from new_people p
    ) f;
  insert into search_word (institution_id, word)
    select distinct p.institution_id, w.word
    from new_people p
    cross join lateral unnest(string_to_array(
      name_words(folded(p.given_name || ' ' || p.family_name)) || ' '
        || parted(search_rest(p.job_title, p.email, folded(p.given_name || ' ' || p.family_name))), ' ')) as w(word)
    where is_search_word(w.word)
    order by 1, 2
    on conflict do nothing;
  return null;
end $$;
create trigger person_search_new after insert on person
  referencing new table as new_people for each statement execute function search_new_people();

-- Takes away those of the words that nobody's keys hold any more.
create function forget_search_words(institution uuid, words text[]) returns void
  language sql set search_path = public, pg_temp
  as $$
    delete from search_word w
    where w.institution_id = institution and w.word = any (words)
      and not exists (select from person_search s where s.keys @@ (search_term(institution, 'n', w.word, false) || search_term(institution, 'o', w.word, false)))
  $$;
revoke execute on function forget_search_words(uuid, text[]) from public;

-- People changed, or erased: words that were theirs alone go with them. One statement for all, since a file may change
-- thousands of titles at once, and a word that many lose is looked for once.
create function search_changed_people() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
declare
  one record;
begin
  for one in
    with changed as materialized (
      select n.institution_id, n.id, n.left_on, trim(folded(n.given_name || ' ' || n.family_name)) as name,
        trim(folded(n.family_name || ' ' || n.given_name)) as listed_as, n.job_title, n.email, n.staff_number
      from people_after n
      join people_before o on o.institution_id = n.institution_id and o.id = n.id
      where (o.given_name, o.family_name, o.email, o.job_title, o.staff_number, o.left_on)
        is distinct from (n.given_name, n.family_name, n.email, n.job_title, n.staff_number, n.left_on)
    ), was as materialized (
      select s.institution_id, s.keys from person_search s
      where (s.institution_id, s.person_id) in (select c.institution_id, c.id from changed c)
    ), became as (
      update person_search s
      set name = c.name, listed_as = c.listed_as, left_on = c.left_on,
        keys = search_keys(c.institution_id, c.name, search_rest(c.job_title, c.email, c.name), folded(c.email), folded(c.staff_number))
      from changed c
      where s.institution_id = c.institution_id and s.person_id = c.id
      returning s.institution_id, s.keys
    ), old_words as (
      select was.institution_id, array_agg(distinct w.word) as words from was cross join lateral words_of_keys(was.keys) as w(word) group by 1
    ), new_words as (
      select became.institution_id, array_agg(distinct w.word) as words from became cross join lateral words_of_keys(became.keys) as w(word) group by 1
    )
    select b.institution_id, coalesce(o.words, '{}') as old_words, b.words as new_words
    from new_words b left join old_words o on o.institution_id = b.institution_id
  loop
    insert into search_word (institution_id, word)
      select one.institution_id, w.word from (
        select word from unnest(one.new_words) as n(word) except select word from unnest(one.old_words) as o(word)
      ) w order by 2 on conflict do nothing;
    perform forget_search_words(one.institution_id, array(
      select word from unnest(one.old_words) as o(word) except select word from unnest(one.new_words) as n(word)));
  end loop;
  return null;
end $$;
create trigger person_search_changed after update on person
  referencing old table as people_before new table as people_after
  for each statement execute function search_changed_people();

create function search_removed_people() returns trigger
  language plpgsql security definer set search_path = public, pg_temp
  as $$
begin
  delete from person_search s where (s.institution_id, s.person_id) in (select r.institution_id, r.id from removed r);
  perform forget_search_words(g.institution_id, g.words) from (
    select r.institution_id, array_agg(distinct w.word) as words
    from removed r
    cross join lateral words_of_keys(search_keys(r.institution_id, trim(folded(r.given_name || ' ' || r.family_name)),
      search_rest(r.job_title, r.email, trim(folded(r.given_name || ' ' || r.family_name))), null, null)) as w(word)
    group by r.institution_id
  ) g;
  return null;
end $$;
create trigger person_search_removed after delete on person
  referencing old table as removed for each statement execute function search_removed_people();

revoke execute on function search_new_people(), search_changed_people(), search_removed_people() from public;

-- Those there are already.
insert into person_search (institution_id, person_id, name, listed_as, left_on, keys)
  select f.institution_id, f.id, f.name, trim(folded(f.family_name || ' ' || f.given_name)), f.left_on,
    search_keys(f.institution_id, f.name, f.rest, folded(f.email), folded(f.staff_number))
  from (
    select p.*, trim(folded(p.given_name || ' ' || p.family_name)) as name,
      search_rest(p.job_title, p.email, trim(folded(p.given_name || ' ' || p.family_name))) as rest
    from person p
  ) f;
insert into search_word (institution_id, word)
  select distinct s.institution_id, w.word from person_search s cross join lateral words_of_keys(s.keys) as w(word);

-- Whom a search finds, best first: exactly, then by words, then by beginnings of words of the name, then of anything; where
-- those are few, people whose words are a slip or two away follow, marked. At most `most` and one more, which says that there
-- are more; of too many those found first are given. `whom`: active, left or all on `day`. Staff numbers are searched where
-- `numbers` says so. Definer, since the policy would cost the search its index; it answers in the transaction's own
-- institution alone, whatever it is asked.
create function find_people(institution uuid, query text, day date, whom text, numbers boolean, most integer)
  returns table (person_id uuid, place integer, similar boolean)
  language plpgsql stable rows 50 security definer set search_path = public, pg_temp
  as $$
declare
  enough constant integer := 10;
  similar_most constant integer := 40;
  whole text := left(trim(folded(query)), 120);
  compact text := replace(whole, ' ', '');
  tokens text[] := array(
    select left(w, 40) from (
      select w, min(n) as n from unnest(string_to_array(parted(case when position('@' in whole) > 0 then split_part(whole, '@', 1) else whole end), ' ')) with ordinality as t(w, n)
      where w <> '' group by w
    ) words order by n limit 8);
  -- Of any field, of the name, as whole words of it, and exactly.
  anywhere tsquery;
  in_name tsquery;
  by_words tsquery;
  exact tsquery := search_term(institution, 'e', compact, false) || search_term(institution, 's', compact, false);
  names_first boolean := cardinality(tokens) < 2;
  found_so_far integer;
  token text;
  near text[];
  nearest text[] := '{}';
  one tsquery;
  loosely tsquery;
  near_word text;
begin
  if institution is distinct from current_institution() or compact = '' then
    return;
  end if;
  foreach token in array tokens loop
    one := search_term(institution, 'n', token, true);
    in_name := coalesce(in_name && one, one);
    anywhere := coalesce(anywhere && (one || search_term(institution, 'o', token, true)), one || search_term(institution, 'o', token, true));
    by_words := coalesce(by_words && search_term(institution, 'n', token, false), search_term(institution, 'n', token, false));
  end loop;
  if position('@' in whole) > 0 then
    anywhere := search_term(institution, 'e', compact, true);
    in_name := anywhere;
  elsif compact ~ '[0-9._]' then
    -- Part of an address, or a staff number.
    one := search_term(institution, 'e', compact, true);
    if numbers then
      one := one || search_term(institution, 's', compact, true);
    end if;
    anywhere := coalesce(anywhere || one, one);
    in_name := coalesce(in_name || one, one);
  end if;
  if anywhere is null then
    return;
  end if;
  return query
    -- One look where that is enough: at names first where there is one word, which many may have; at everything first where
    -- there are more, and at names too where that overflows. The others ask for no row and cost nothing.
    with of_any as materialized (
      select s.person_id, s.name, s.listed_as, s.keys from person_search s
      where s.institution_id = institution and s.keys @@ anywhere
        and case whom when 'active' then s.left_on is null or s.left_on >= day when 'left' then s.left_on < day else true end
      limit case when names_first then 0 else most + 1 end
    ), of_name as materialized (
      select s.person_id, s.name, s.listed_as, s.keys from person_search s
      where s.institution_id = institution and s.keys @@ in_name
        and case whom when 'active' then s.left_on is null or s.left_on >= day when 'left' then s.left_on < day else true end
      limit case when names_first or (select count(*) from of_any) > most then most + 1 else 0 end
    ), hits as (
      select * from of_name
      union all
      select * from of_any a where (select count(*) from of_any) <= most or not a.keys @@ in_name
      union all
      (select s.person_id, s.name, s.listed_as, s.keys from person_search s
        where s.institution_id = institution and s.keys @@ anywhere and not s.keys @@ in_name
          and case whom when 'active' then s.left_on is null or s.left_on >= day when 'left' then s.left_on < day else true end
        limit case when names_first then (select most + 1 - count(*) from of_name) else 0 end)
    )
    select h.person_id,
      (row_number() over (order by
        case when h.name = whole or h.listed_as = whole or (numbers or position('@' in whole) > 0) and h.keys @@ exact then 0
          when h.keys @@ by_words then 1 when h.keys @@ in_name then 2 else 3 end, h.listed_as, h.person_id))::integer,
      false
    from hits h order by 2 limit most + 1;
  get diagnostics found_so_far = row_count;
  if found_so_far >= enough or tokens = '{}' then
    return;
  end if;
  -- Somebody is called just that, first name and last: nothing was mistyped.
  if found_so_far > 0 and cardinality(tokens) > 1 and exists (
    select from person_search s
    where s.institution_id = institution and s.keys @@ by_words and (s.name = whole or s.listed_as = whole)
      and case whom when 'active' then s.left_on is null or s.left_on >= day when 'left' then s.left_on < day else true end
  ) then
    return;
  end if;

  -- Each word by its beginning, or as one of the words a slip away, or else two.
  foreach token in array tokens loop
    one := search_term(institution, 'n', token, true) || search_term(institution, 'o', token, true);
    if char_length(token) >= 3 and token !~ '[0-9]' then
      near := array(
        select c.word from (
          select w.word, slips_between(token, w.word) as slips
          from search_word w
          where w.institution_id = institution
            and search_slips(w.institution_id, w.word) && search_slips(institution, token)
            and abs(char_length(w.word) - char_length(token)) <= 2
          order by abs(char_length(w.word) - char_length(token)), left(w.word, 1) <> left(token, 1), w.word
          limit 20
        ) c
        where c.slips between 1 and case when char_length(token) >= 6 then 2 else 1 end
        order by c.slips, c.word
        limit 20);
      nearest := nearest || near;
      foreach near_word in array near loop
        one := one || search_term(institution, 'n', near_word, false) || search_term(institution, 'o', near_word, false);
      end loop;
    end if;
    loosely := coalesce(loosely && one, one);
  end loop;
  if nearest = '{}' then
    return;
  end if;
  return query
    with hits as materialized (
      select s.person_id, s.listed_as, s.name from person_search s
      where s.institution_id = institution and s.keys @@ loosely and not s.keys @@ anywhere
        and case whom when 'active' then s.left_on is null or s.left_on >= day when 'left' then s.left_on < day else true end
      limit 100
    )
    select h.person_id,
      (found_so_far + row_number() over (order by
        -- In the name before elsewhere; then as near as may be.
        (select min(array_position(nearest, w)) from unnest(string_to_array(parted(h.name), ' ')) w) nulls last, h.listed_as, h.person_id))::integer,
      true
    from hits h order by 2 limit least(similar_most, most + 1 - found_so_far);
end $$;
revoke execute on function find_people(uuid, text, date, text, boolean, integer) from public;
grant execute on function find_people(uuid, text, date, text, boolean, integer) to waymark_app;

-- Awards: a revision, and why one was not confirmed.
alter table award_held
  add column version integer not null default 1,
  add column rejected_for text,
  add constraint award_held_rejected_for
    check (rejected_for is null or (status = 'rejected' and rejected_for in ('not-in-register', 'details-differ', 'proof-missing', 'other')));
create index award_held_declared on award_held (institution_id, id) where status = 'declared';
create index award_held_verified on award_held (institution_id, lower(award)) where status = 'verified';

-- Who lets the world see their verified awards, under an address that cannot be guessed. Taking it back removes the row;
-- publishing again makes another address.
create table published_profile (
  institution_id uuid not null,
  person_id uuid not null,
  code text not null,
  published_at timestamptz not null,
  constraint published_profile_pk primary key (institution_id, person_id),
  constraint published_profile_person foreign key (institution_id, person_id) references person (institution_id, id) on delete cascade,
  constraint published_profile_code check (code ~ '^[A-Za-z0-9_-]{43}$')
);
-- Not unique, as that would be over all institutions; 256 random bits are.
create index published_profile_by_code on published_profile (code);
select protect_tenant_table('published_profile');

-- What a published profile shows, before any institution is set. Nothing once it was taken back, the person has left or was
-- erased, or no verified award is in force.
create function public_profile(secret text, at timestamptz)
  returns table (name text, job_title text, institution_name text, awards jsonb)
  language sql stable security definer set search_path = public, pg_temp
  as $$
    select trim(p.given_name || ' ' || p.family_name), p.job_title, i.name, held.awards
    from published_profile f
    join institution i on i.id = f.institution_id
    join person p on p.institution_id = f.institution_id and p.id = f.person_id
    cross join lateral (select (at at time zone i.time_zone)::date as today) day
    cross join lateral (
      select jsonb_agg(jsonb_build_object('award', a.award, 'body', a.body, 'awardedOn', a.awarded_on, 'validTo', a.valid_to,
        'verifiedOn', (a.decided_at at time zone i.time_zone)::date) order by a.awarded_on desc, a.id) as awards
      from award_held a
      where a.institution_id = f.institution_id and a.person_id = f.person_id and a.status = 'verified'
        and (a.valid_to is null or a.valid_to >= day.today)
    ) held
    where f.code = secret and p.erased_at is null and (p.left_on is null or p.left_on >= day.today) and held.awards is not null
  $$;
revoke execute on function public_profile(text, timestamptz) from public;
grant execute on function public_profile(text, timestamptz) to waymark_app;

// The best k mentors of every mentee by a scan of all pairs over bit sets, with a heap of the best so far: what one
// writes in C++ for this. Reads the rounds of profile-rounds.ts as candidates-section.ts writes them.
//   bitset-scan PROFILES.txt K ROUNDS  ->  {"digest":..,"ms":[..]}: packing and scanning, reading not counted
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

struct Person {
  int grade, points, seat, unit;
  std::array<std::vector<int>, 5> values; // profession, skills, campus, topics, identity
  std::vector<int> barred;                // of a mentee: seats
};

// Skills in three words; the four small attributes share one.
struct Packed {
  std::uint64_t skills[3];
  std::uint64_t small;
  std::int32_t grade, unit;
};

static Packed pack(const Person &person, const int *firstBit) {
  Packed packed{{0, 0, 0}, 0, person.grade, person.unit};
  for (int attribute = 0; attribute < 5; attribute++) {
    for (int value : person.values[attribute]) {
      if (attribute == 1) packed.skills[value >> 6] |= 1ull << (value & 63);
      else packed.small |= 1ull << (firstBit[attribute] + value);
    }
  }
  return packed;
}

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  std::ifstream file(argv[1]);
  const int k = std::stoi(argv[2]);
  const int rounds = std::stoi(argv[3]);
  int menteeCount, mentorCount, stepRows, least, most, sizes[5];
  std::array<int, 5> points;
  file >> menteeCount >> mentorCount;
  for (int attribute = 0; attribute < 5; attribute++) file >> points[attribute] >> sizes[attribute];
  file >> least >> most >> stepRows;
  // Points by steps in grade; far below 0: not allowed. Grades are 0 to 31.
  std::array<int, 64> byStep;
  for (int step = -32; step < 32; step++) byStep[step + 32] = step >= least && step <= most ? 0 : -1000000;
  for (int row = 0; row < stepRows; row++) {
    int steps, worth;
    file >> steps >> worth;
    if (byStep[steps + 32] >= 0) byStep[steps + 32] = worth;
  }
  const auto read = [&](std::vector<Person> &people, int count) {
    people.resize(count);
    for (Person &person : people) {
      file >> person.grade >> person.points >> person.seat >> person.unit;
      const auto list = [&](std::vector<int> &values) {
        int length;
        file >> length;
        values.resize(length);
        for (int &value : values) file >> value;
      };
      for (auto &values : person.values) list(values);
      list(person.barred);
    }
  };
  std::vector<Person> mentees, mentors;
  read(mentees, menteeCount);
  read(mentors, mentorCount); // in order of seats
  if (!file) return 3;

  std::vector<double> times;
  std::uint32_t digest = 0;
  for (int round = 0; round < rounds; round++) {
    const auto start = std::chrono::steady_clock::now();
    int firstBit[5] = {0, 0, 0, 0, 0};
    std::uint64_t mask[5] = {0, 0, 0, 0, 0};
    int bits = 0;
    for (int attribute : {0, 2, 3, 4}) {
      firstBit[attribute] = bits;
      mask[attribute] = ((1ull << sizes[attribute]) - 1) << bits;
      bits += sizes[attribute];
    }
    std::vector<Packed> seats;
    seats.reserve(mentorCount);
    for (const Person &mentor : mentors) seats.push_back(pack(mentor, firstBit));
    // Best first: higher points, then the shorter way round the circle.
    std::vector<std::uint64_t> heap;
    heap.reserve(k + 1);
    std::vector<std::uint64_t> answer;
    answer.reserve(static_cast<std::size_t>(menteeCount) * k);
    std::vector<int> counts(menteeCount);
    const auto worse = [](std::uint64_t one, std::uint64_t other) { return one > other; };
    for (int i = 0; i < menteeCount; i++) {
      const Person &person = mentees[i];
      const Packed mentee = pack(person, firstBit);
      heap.clear();
      std::uint64_t lowest = 0;
      int lowestScore = 0;
      for (int seat = 0; seat < mentorCount; seat++) {
        const Packed &mentor = seats[seat];
        const int forGrade = byStep[mentor.grade - mentee.grade + 32];
        const std::uint64_t shared = mentee.small & mentor.small;
        const std::uint64_t skills = (mentee.skills[0] & mentor.skills[0]) | (mentee.skills[1] & mentor.skills[1]) |
                                     (mentee.skills[2] & mentor.skills[2]);
        const int score = forGrade + (shared & mask[0] ? points[0] : 0) + (skills ? points[1] : 0) +
                          (shared & mask[2] ? points[2] : 0) + (shared & mask[3] ? points[3] : 0) +
                          (shared & mask[4] ? points[4] : 0);
        // The one branch that few pairs get past; all rules that are dear to ask come after it.
        if (score < lowestScore || mentor.unit == mentee.unit) continue;
        const int way = seat < person.seat ? seat + mentorCount - person.seat : seat - person.seat;
        const std::uint64_t key = (static_cast<std::uint64_t>(score + 1) << 32) | static_cast<std::uint32_t>(mentorCount - way);
        if (key <= lowest) continue;
        if (std::find(person.barred.begin(), person.barred.end(), seat) != person.barred.end()) continue;
        if (static_cast<int>(heap.size()) == k) {
          std::pop_heap(heap.begin(), heap.end(), worse);
          heap.back() = key;
        } else {
          heap.push_back(key);
        }
        std::push_heap(heap.begin(), heap.end(), worse);
        if (static_cast<int>(heap.size()) == k) {
          lowest = heap.front();
          lowestScore = static_cast<int>(lowest >> 32) - 1;
        }
      }
      std::sort_heap(heap.begin(), heap.end(), worse);
      counts[i] = static_cast<int>(heap.size());
      answer.insert(answer.end(), heap.begin(), heap.end());
    }
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());

    digest = 0x811c9dc5u;
    const auto mix = [&](std::uint32_t number) { digest = (digest ^ number) * 0x01000193u; };
    std::size_t at = 0;
    for (int i = 0; i < menteeCount; i++) {
      mix(counts[i]);
      for (int entry = 0; entry < counts[i]; entry++, at++) {
        const int way = mentorCount - static_cast<int>(answer[at] & 0xffffffffu);
        mix((mentees[i].seat + way) % mentorCount);
        mix(static_cast<std::uint32_t>((answer[at] >> 32) - 1) + mentees[i].points);
      }
    }
  }
  std::printf("{\"digest\":%u,\"ms\":[", digest);
  for (std::size_t at = 0; at < times.size(); at++) std::printf("%s%.3f", at ? "," : "", times[at]);
  std::printf("]}\n");
}

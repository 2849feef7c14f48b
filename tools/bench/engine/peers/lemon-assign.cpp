// The same round solved by LEMON's NetworkSimplex (liblemon-dev): most pairs, then the
// highest total. Reads the files that the engine's command line reads.
//   lemon-assign PAIRS.csv PLACES.csv ROUNDS  ->  {"count":..,"total":..,"ms":[..]}: run() alone, set-up not counted
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, long long, long long>;

struct Pair {
  int mentee, mentor;
  long long score;
};

int main(int argc, char **argv) {
  if (argc != 4) return 2;
  const int rounds = std::stoi(argv[3]);
  std::unordered_map<std::string, int> menteeAt, mentorAt;
  std::vector<long long> places;
  std::vector<Pair> pairs;
  std::string line, mentee, mentor, number;
  std::ifstream placesFile(argv[2]), pairsFile(argv[1]);
  std::getline(placesFile, line);
  while (std::getline(placesFile, line)) {
    std::istringstream fields(line);
    std::getline(fields, mentor, ',');
    std::getline(fields, number, ',');
    mentorAt.emplace(mentor, static_cast<int>(places.size()));
    places.push_back(std::stoll(number));
  }
  std::getline(pairsFile, line);
  while (std::getline(pairsFile, line)) {
    std::istringstream fields(line);
    std::getline(fields, mentee, ',');
    std::getline(fields, mentor, ',');
    std::getline(fields, number, ',');
    const int at = menteeAt.emplace(mentee, static_cast<int>(menteeAt.size())).first->second;
    pairs.push_back({at, mentorAt.at(mentor), std::stoll(number)});
  }
  const int mentees = static_cast<int>(menteeAt.size());
  const int mentors = static_cast<int>(places.size());

  long long highest = 0;
  for (const Pair &pair : pairs) highest = std::max(highest, pair.score);
  // Going without costs more than any exchange of scores can gain, so that the number of pairs comes first.
  const long long without = (highest + 1) * (2LL * std::min(mentees, mentors) + 2);

  Graph graph;
  graph.reserveNode(mentees + mentors + 1);
  graph.reserveArc(static_cast<int>(pairs.size()) + mentees + mentors);
  for (int node = 0; node < mentees + mentors + 1; node++) graph.addNode();
  const auto sink = graph.nodeFromId(mentees + mentors);
  for (const Pair &pair : pairs) graph.addArc(graph.nodeFromId(pair.mentee), graph.nodeFromId(mentees + pair.mentor));
  for (int i = 0; i < mentees; i++) graph.addArc(graph.nodeFromId(i), sink);
  for (int j = 0; j < mentors; j++) graph.addArc(graph.nodeFromId(mentees + j), sink);
  Graph::ArcMap<long long> upper(graph, 1), cost(graph, 0);
  Graph::NodeMap<long long> supply(graph, 0);
  const int pairCount = static_cast<int>(pairs.size());
  for (int at = 0; at < pairCount; at++) cost[graph.arcFromId(at)] = -pairs[at].score;
  for (int i = 0; i < mentees; i++) cost[graph.arcFromId(pairCount + i)] = without;
  for (int j = 0; j < mentors; j++) upper[graph.arcFromId(pairCount + mentees + j)] = places[j];
  for (int i = 0; i < mentees; i++) supply[graph.nodeFromId(i)] = 1;
  supply[sink] = -mentees;

  long long count = 0, total = 0;
  std::ostringstream times;
  for (int round = 0; round < rounds; round++) {
    Simplex simplex(graph);
    simplex.upperMap(upper).costMap(cost).supplyMap(supply);
    const auto from = std::chrono::steady_clock::now();
    const auto status = simplex.run();
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - from;
    if (status != Simplex::OPTIMAL) return 1;
    times << (round ? "," : "") << took.count();
    count = total = 0;
    for (int at = 0; at < pairCount; at++) {
      if (!simplex.flow(graph.arcFromId(at))) continue;
      count++;
      total += pairs[at].score;
    }
  }
  std::cout << "{\"count\":" << count << ",\"total\":" << total << ",\"ms\":[" << times.str() << "]}\n";
}

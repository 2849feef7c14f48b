// Least-cost circulation by LEMON's NetworkSimplex, for the benchmark's figures.
//
// Usage: lemon-circulation network.txt
// The file: "nodes arcs", then "tail head capacity cost" for each arc. Solving alone is timed, building its graph not.
// Prints one line: cost and milliseconds.

#include <chrono>
#include <cstdio>
#include <vector>

#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

int main(int argc, char **argv) {
  if (argc != 2) return 2;
  FILE *file = std::fopen(argv[1], "r");
  int nodes = 0, arcs = 0;
  if (file == nullptr || std::fscanf(file, "%d %d", &nodes, &arcs) != 2) return 2;
  lemon::SmartDigraph graph;
  std::vector<lemon::SmartDigraph::Node> node(nodes);
  for (auto &each : node) each = graph.addNode();
  lemon::SmartDigraph::ArcMap<long long> capacity(graph), cost(graph);
  for (int at = 0; at < arcs; at++) {
    int tail = 0, head = 0;
    long long most = 0, price = 0;
    if (std::fscanf(file, "%d %d %lld %lld", &tail, &head, &most, &price) != 4) return 2;
    auto arc = graph.addArc(node[tail], node[head]);
    capacity[arc] = most;
    cost[arc] = price;
  }
  std::fclose(file);
  auto from = std::chrono::steady_clock::now();
  lemon::NetworkSimplex<lemon::SmartDigraph, long long, long long> simplex(graph);
  simplex.upperMap(capacity).costMap(cost);
  auto status = simplex.run();
  std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - from;
  if (status != simplex.OPTIMAL) return 1;
  std::printf("%lld %.3f\n", static_cast<long long>(simplex.totalCost<long long>()), elapsed.count());
  return 0;
}

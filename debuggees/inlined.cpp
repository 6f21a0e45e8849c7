#include <cstdio>
#include <vector>
#include <algorithm>
#include <string>
namespace deep { namespace er {
static inline int twice(int x) { return x * 2 + (x >> 1); }
struct Shape { virtual ~Shape() {} virtual double area(int k) const = 0; };
struct Square : Shape { double s; explicit Square(double v) : s(v) {} double area(int k) const override { double t = 0; for (int i = 0; i < k; i++) t += twice(i) * s; return t; } };
struct Disc : Shape { double r; explicit Disc(double v) : r(v) {} double area(int k) const override { return 3.14 * r * r * twice(k); } };
template <class T> T best(const std::vector<T>& v) { T b = v[0]; for (const T& x : v) if (b < x) b = x; return b; }
}}
static int work(std::vector<int>& v) { std::sort(v.begin(), v.end()); return deep::er::best(v) + deep::er::twice((int)v.size()); }
int main(int argc, char** argv) {
  std::vector<int> v; for (int i = 0; i < argc * 100; i++) v.push_back((i * 7919) % 1000);
  deep::er::Square s(argc); deep::er::Disc d(argc + 1);
  std::string t = argv[0]; t += "x";
  std::printf("%d %f %f %s\n", work(v), s.area(argc), d.area(argc), t.c_str());
  return 0;
}

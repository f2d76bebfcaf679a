// The loops of winograd.cpp over vectors of channels.
//
// Compiled once per instruction set, hence no include guard: the including file defines `Vector`, a
// vector of floats, and `blockRows`, the rows of a block of products, in a namespace of its own.

constexpr int64_t lanes = sizeof(Vector) / sizeof(float);
/// Columns of a panel of the right-hand matrix.
constexpr int64_t panel = 2 * lanes;

inline Vector load(const float *p) {
  Vector v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

inline void store(float *p, const Vector &v) { __builtin_memcpy(p, &v, sizeof v); }

// The one-dimensional transforms, strided over the vectors of a tile.

/// Bᵀ, 6 to 6: an input tile.
inline void inputTransform(const Vector *d, Vector *t, int s) {
  Vector a = d[4 * s] - 4.0f * d[2 * s], b = d[3 * s] - 4.0f * d[s];
  Vector c = d[4 * s] - d[2 * s], e = 2.0f * (d[3 * s] - d[s]);
  Vector first = 4.0f * d[0] - 5.0f * d[2 * s] + d[4 * s];
  Vector last = 4.0f * d[s] - 5.0f * d[3 * s] + d[5 * s];
  t[0] = first, t[s] = a + b, t[2 * s] = a - b, t[3 * s] = c + e, t[4 * s] = c - e;
  t[5 * s] = last;
}

/// Aᵀ, 6 to 4: products to an output tile.
inline void outputTransform(const Vector *m, Vector *y, int s) {
  Vector s1 = m[s] + m[2 * s], d1 = m[s] - m[2 * s];
  Vector s2 = m[3 * s] + m[4 * s], d2 = m[3 * s] - m[4 * s];
  Vector last = d1 + 8.0f * d2 + m[5 * s];
  y[0] = m[0] + s1 + s2, y[s] = d1 + 2.0f * d2, y[2 * s] = s1 + 4.0f * s2, y[3 * s] = last;
}

/// A, 4 to 6: the gradient of an output tile.
inline void gradientTransform(const Vector *y, Vector *z, int s) {
  Vector a = y[0] + y[2 * s], b = y[s] + y[3 * s];
  Vector c = y[0] + 4.0f * y[2 * s], e = 2.0f * y[s] + 8.0f * y[3 * s], last = y[3 * s];
  z[0] = y[0], z[s] = a + b, z[2 * s] = a - b, z[3 * s] = c + e, z[4 * s] = c - e;
  z[5 * s] = last;
}

/// G, 3 to 6: a filter.
inline void filterTransform(const Vector *w, Vector *u, int s) {
  Vector a = (w[0] + w[2 * s]) * (-1 / 6.0f), b = w[s] * (1 / 6.0f);
  Vector c = w[0] * (1 / 24.0f) + w[2 * s] * (1 / 6.0f), e = w[s] * (1 / 12.0f);
  Vector first = w[0] * 0.25f, last = w[2 * s];
  u[0] = first, u[s] = a - b, u[2 * s] = a + b, u[3 * s] = c + e, u[4 * s] = c - e;
  u[5 * s] = last;
}

/// Gᵀ, 6 to 3: the gradient of a filter.
inline void filterGradientTransform(const Vector *u, Vector *w, int s) {
  Vector a = (u[s] + u[2 * s]) * (1 / 6.0f), b = (u[2 * s] - u[s]) * (1 / 6.0f);
  Vector c = u[3 * s] + u[4 * s], e = (u[3 * s] - u[4 * s]) * (1 / 12.0f);
  Vector last = c * (1 / 6.0f) - a + u[5 * s];
  w[0] = u[0] * 0.25f - a + c * (1 / 24.0f), w[s] = b + e, w[2 * s] = last;
}

/// Where element (point, row, column) of 36 matrices lies; columns in panels, or rows as they are.
struct Matrices {
  float *data;
  int64_t rows, columns;
  bool inPanels;

  float *at(int64_t point, int64_t row, int64_t column) const {
    if (!inPanels) return data + (point * rows + row) * columns + column;
    int64_t width = (columns + panel - 1) / panel;
    return data + ((point * width + column / panel) * rows + row) * panel + column % panel;
  }
};

void transformInput(
    const Map &x, const Tile &tile, const float *zeros, const Matrices &out, int64_t row) {
  const float *from[36];
  for (int64_t i = 0; i < 6; i++)
    for (int64_t j = 0; j < 6; j++)
      from[6 * i + j] = x.seen(tile.image, tile.y - 1 + i, tile.x - 1 + j, zeros);
  for (int64_t c = 0; c < x.channels; c += lanes) {
    Vector d[36];
    for (int p = 0; p < 36; p++) d[p] = load(from[p] + c);
    for (int j = 0; j < 6; j++) inputTransform(d + j, d + j, 6);
    for (int i = 0; i < 6; i++) inputTransform(d + 6 * i, d + 6 * i, 1);
    for (int p = 0; p < 36; p++) store(out.at(p, row, c), d[p]);
  }
}

void transformGradient(
    const Map &dy, const Tile &tile, const float *zeros, const Matrices &out, int64_t row) {
  const float *from[16];
  for (int64_t i = 0; i < 4; i++)
    for (int64_t j = 0; j < 4; j++)
      from[4 * i + j] = dy.seen(tile.image, tile.y + i, tile.x + j, zeros);
  for (int64_t c = 0; c < dy.channels; c += lanes) {
    Vector d[36];
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) d[6 * i + j] = load(from[4 * i + j] + c);
    for (int j = 0; j < 4; j++) gradientTransform(d + j, d + j, 6);
    for (int i = 0; i < 6; i++) gradientTransform(d + 6 * i, d + 6 * i, 1);
    for (int p = 0; p < 36; p++) store(out.at(p, row, c), d[p]);
  }
}

void transformOutput(const Matrices &in, int64_t row, const Map &y, const Tile &tile) {
  for (int64_t c = 0; c < y.channels; c += lanes) {
    Vector m[36];
    for (int p = 0; p < 36; p++) m[p] = load(in.at(p, row, c));
    for (int j = 0; j < 6; j++) outputTransform(m + j, m + j, 6);
    for (int i = 0; i < 4; i++) outputTransform(m + 6 * i, m + 6 * i, 1);
    for (int64_t i = 0; i < 4; i++)
      for (int64_t j = 0; j < 4; j++)
        if (y.holds(tile.y + i, tile.x + j))
          store(y.at(tile.image, tile.y + i, tile.x + j) + c, m[6 * i + j]);
  }
}

/// `filter` is [3, 3, rows, columns]; one row of it.
void transformFilter(const float *filter, const Matrices &out, int64_t row) {
  for (int64_t c = 0; c < out.columns; c += lanes) {
    Vector w[36];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        w[6 * i + j] = load(filter + ((3 * i + j) * out.rows + row) * out.columns + c);
    for (int j = 0; j < 3; j++) filterTransform(w + j, w + j, 6);
    for (int i = 0; i < 6; i++) filterTransform(w + 6 * i, w + 6 * i, 1);
    for (int p = 0; p < 36; p++) store(out.at(p, row, c), w[p]);
  }
}

/// One row, an output channel, of the filter's gradient [rows, 3, 3, columns].
void transformFilterGradient(const Matrices &in, int64_t row, int64_t channels, float *filter) {
  for (int64_t c = 0; c < channels; c += lanes) {
    Vector u[36];
    for (int p = 0; p < 36; p++) u[p] = load(in.at(p, row, c));
    for (int j = 0; j < 6; j++) filterGradientTransform(u + j, u + j, 6);
    for (int i = 0; i < 3; i++) filterGradientTransform(u + 6 * i, u + 6 * i, 1);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++)
        store(filter + (row * 9 + 3 * i + j) * channels + c, u[6 * i + j]);
  }
}

/// c = a b, or c += a b, for `blockRows` rows and one panel of columns; the sum over `depth` is
/// formed apart, so that long sums are sums of sums.
void multiplyBlock(
    const float *a, int64_t aRow, int64_t aDepth, const float *b, int64_t depth, float *c,
    int64_t cRow, bool adds) {
  Vector sum[blockRows][2] = {};
  for (int64_t k = 0; k < depth; k++) {
    Vector left = load(b + k * panel), right = load(b + k * panel + lanes);
    for (int64_t i = 0; i < blockRows; i++) {
      float value = a[i * aRow + k * aDepth];
      sum[i][0] += value * left;
      sum[i][1] += value * right;
    }
  }
  for (int64_t i = 0; i < blockRows; i++) {
    for (int64_t j = 0; j < 2; j++) {
      float *to = c + i * cRow + j * lanes;
      store(to, adds ? load(to) + sum[i][j] : sum[i][j]);
    }
  }
}

// The passes.

/// `a` [36, rows, depth] times `b` [36, depth, columns]; or with `turned` `a` is [36, depth, rows].
void multiply(
    const Matrices &a, bool turned, const Matrices &b, int64_t depth, const Matrices &c,
    int64_t rows, bool adds) {
  int64_t panels = c.columns / panel;
  at::parallel_for(0, 36 * panels, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      int64_t point = i / panels, column = i % panels * panel;
      for (int64_t row = 0; row < rows; row += blockRows)
        multiplyBlock(
            turned ? a.at(point, 0, row) : a.at(point, row, 0), turned ? 1 : a.columns,
            turned ? a.columns : 1, b.at(point, 0, column), depth, c.at(point, row, column),
            c.columns, adds);
    }
  });
}

int64_t roundUp(int64_t n, int64_t step) { return (n + step - 1) / step * step; }

/// Memory of 36 matrices; zero where the last panel or the last block of rows is not full.
Matrices make(Scratch &scratch, int64_t rows, int64_t columns, bool inPanels) {
  bool isFull = rows % blockRows == 0 && columns % panel == 0;
  return {scratch.take(36 * rows * roundUp(columns, panel), isFull), rows, columns, inPanels};
}

/// y = the convolution of x with `filter` [3, 3, inputs, outputs], stride 1, padding 1.
void convolve(const Map &x, const float *filter, const Map &y) {
  Scratch shared;
  Matrices u = make(shared, x.channels, y.channels, true);
  at::parallel_for(0, x.channels, 16, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) transformFilter(filter, u, row);
  });
  std::vector<float> zeros(x.channels);
  Tiles tiles(y);
  tiles.inBlocks(x.channels, y.channels, [&](int64_t, Range blocks, int64_t size) {
    Scratch own;
    Matrices v = make(own, roundUp(size, blockRows), x.channels, false);
    Matrices m = make(own, v.rows, roundUp(y.channels, panel), false);
    for (int64_t first = blocks.begin; first < blocks.end; first += size) {
      int64_t count = std::min(size, blocks.end - first);
      at::parallel_for(0, count, 8, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++)
          transformInput(x, tiles[first + i], zeros.data(), v, i);
      });
      multiply(v, false, u, x.channels, m, roundUp(count, blockRows), false);
      at::parallel_for(0, count, 8, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) transformOutput(m, i, y, tiles[first + i]);
      });
    }
  });
}

/// dw [outputs, 3, 3, inputs], the gradient of the filter of such a convolution.
void filterGradient(const Map &x, const Map &dy, float *dw) {
  std::vector<float> zeros(std::max(x.channels, dy.channels));
  Tiles tiles(dy);
  Scratch shared;
  std::vector<Matrices> sums;
  int64_t columns = roundUp(x.channels, panel);
  for (int64_t i = 0; i < at::get_num_threads(); i++)
    sums.push_back(make(shared, dy.channels, columns, false));
  int64_t chunks = tiles.inBlocks(
      x.channels, dy.channels, [&](int64_t chunk, Range blocks, int64_t size) {
        Scratch own;
        Matrices v = make(own, size, x.channels, true), z = make(own, size, dy.channels, false);
        for (int64_t first = blocks.begin; first < blocks.end; first += size) {
          int64_t count = std::min(size, blocks.end - first);
          at::parallel_for(0, count, 8, [&](int64_t begin, int64_t end) {
            for (int64_t i = begin; i < end; i++) {
              transformInput(x, tiles[first + i], zeros.data(), v, i);
              transformGradient(dy, tiles[first + i], zeros.data(), z, i);
            }
          });
          multiply(z, true, v, count, sums[chunk], dy.channels, first > blocks.begin);
        }
      });
  at::parallel_for(0, dy.channels, 8, [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      for (int64_t chunk = 1; chunk < chunks; chunk++)
        for (int64_t point = 0; point < 36; point++)
          for (int64_t c = 0; c < columns; c++)
            *sums[0].at(point, row, c) += *sums[chunk].at(point, row, c);
      transformFilterGradient(sums[0], row, x.channels, dw);
    }
  });
}

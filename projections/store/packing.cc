#include "projections/store/packing.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/wire_format_lite.h>

#include "engine/base/check.h"
#include "projections/cube/calendar.h"

namespace trede {

namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using google::protobuf::io::CodedOutputStream;

constexpr std::uint64_t kDaysInMonthMax = 31;

constexpr std::size_t kVarintMost = 10;  // bytes

void put(std::string& out, std::uint64_t value) {
  std::uint8_t bytes[kVarintMost];
  const auto* end = CodedOutputStream::WriteVarint64ToArray(value, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes));
}

CodedInputStream reader_of(std::string_view stored) {
  return CodedInputStream(reinterpret_cast<const std::uint8_t*>(stored.data()),
                          static_cast<int>(stored.size()));
}

Error damaged(const char* what) {
  return {ErrorCode::kCorrupt, std::string("projections: ") + what + " cannot be read"};
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
  hash *= 0xFF51AFD7ED558CCDu;
  return hash ^ (hash >> 32);
}

// Reads one row, whose position is `position` plus what stands first.
bool read_row(CodedInputStream& in, const RunKind& kind, std::uint64_t& position, Row& row) {
  std::uint64_t step = 0;
  std::uint64_t day = 0;
  std::uint32_t cell = 0;
  if (!in.ReadVarint64(&step) || !in.ReadVarint64(&day) || !in.ReadVarint32(&cell)) return false;
  if (day >= kDaysInMonthMax || step > Series::kPositionMax - position) return false;
  position += step;
  row = {cell, {Position{position}, month_first_day(kind.month) + static_cast<int>(day), {}}};
  for (std::size_t i = 0; i < kind.weights; ++i) {
    std::uint64_t weight = 0;
    if (!in.ReadVarint64(&weight)) return false;
    row.change.weights[i] = WireFormatLite::ZigZagDecode64(weight);
  }
  return true;
}

}  // namespace

std::string encode_run(std::span<const Row> rows, std::size_t weights) {
  TREDE_CHECK(!rows.empty(), "a run without rows");
  const int first_day = month_first_day(month_number(rows.front().change.day));
  std::string out;
  put(out, rows.size());
  std::uint64_t position = 0;
  std::uint8_t bytes[kVarintMost * (3 + kMaxWeights)];  // of one row: put at once
  for (const Row& row : rows) {
    auto* end =
        CodedOutputStream::WriteVarint64ToArray(row.change.position.value - position, bytes);
    position = row.change.position.value;
    end = CodedOutputStream::WriteVarint32ToArray(
        static_cast<std::uint32_t>(row.change.day - first_day), end);
    end = CodedOutputStream::WriteVarint32ToArray(row.cell, end);
    for (std::size_t i = 0; i < weights; ++i) {
      end = CodedOutputStream::WriteVarint64ToArray(
          WireFormatLite::ZigZagEncode64(row.change.weights[i]), end);
    }
    out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes));
  }
  return out;
}

Status decode_runs(std::string_view stored, const RunKind& kind,
                   const std::function<void(const Row&)>& visit) {
  CodedInputStream in = reader_of(stored);
  while (in.CurrentPosition() < static_cast<int>(stored.size())) {
    std::uint64_t count = 0;
    if (!in.ReadVarint64(&count)) return damaged("a run");
    std::uint64_t position = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      Row row{};
      if (!read_row(in, kind, position, row)) return damaged("a row");
      visit(row);
    }
  }
  return {};
}

void append_cell(const Cell& cell, std::size_t size, std::string& stored) {
  for (std::size_t i = 0; i < size; ++i) put(stored, cell[i]);
}

Status decode_cells(std::string_view stored, std::size_t size,
                    const std::function<Status(const Cell&)>& visit) {
  CodedInputStream in = reader_of(stored);
  do {
    Cell cell{};
    for (std::size_t i = 0; i < size; ++i) {
      if (!in.ReadVarint32(&cell[i])) return damaged("a cell");
    }
    TREDE_RETURN_IF_ERROR(visit(cell));
  } while (in.CurrentPosition() < static_cast<int>(stored.size()));
  return {};
}

std::uint64_t row_mark(const Row& row) {
  std::uint64_t hash = mixed(row.cell, row.change.position.value);
  hash = mixed(hash, static_cast<std::uint64_t>(row.change.day));
  for (const std::int64_t weight : row.change.weights) {
    hash = mixed(hash, static_cast<std::uint64_t>(weight));
  }
  return hash;
}

std::uint64_t cell_mark(Code number, const Cell& cell) {
  std::uint64_t hash = number;
  for (const Code code : cell) hash = mixed(hash, code);
  return hash;
}

std::uint64_t string_mark(Code number, std::string_view text) {
  std::uint64_t hash = mixed(number, text.size());
  for (const char byte : text) hash = mixed(hash, static_cast<std::uint8_t>(byte));
  return hash;
}

}  // namespace trede

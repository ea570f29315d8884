// The cells of a definition, worked out one by one where they are asked for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "projections/reports/asker.h"
#include "projections/reports/evaluate.h"
#include "projections/reports/lines.h"
#include "projections/reports/value.h"

namespace trede {

// A table with its lines repeated. Pointers live as long as the definition.
struct LaidTable {
  const pb::Section* section;
  const pb::Table* table;
  std::vector<RowLine> rows;
  std::vector<ColumnLine> columns;
};

// A cell of a laid table: table, row, column.
using CellKey = std::tuple<std::size_t, std::size_t, std::size_t>;

// How a value follows from other cells.
struct Derivation {
  CellFormula::Kind kind = CellFormula::Kind::kSum;
  std::vector<CellKey> of;
};

struct Worked {
  Value value;
  std::optional<Derivation> derivation = {};
  CellSources sources = {};
  std::string parts = {};  // of a target put together
};

// Works each cell out once. What it was made with must outlive it.
class Evaluator {
 public:
  Evaluator(const pb::ReportDefinition& definition, const ReportRequest& request,
            const ReportSources& sources, Asker& asker);

  // Repeats the lines of every table. To be called first. Errors: those of the answerer, kInvalid.
  Status lay_out();
  const std::vector<LaidTable>& tables() const { return tables_; }

  Result<Worked> cell(const CellKey& key);
  // The cell `table/row/column`; of lines that stand for many those of the same codes as `row` and
  // `column` (null: there are none). Requires: one that can be meant.
  CellKey find(const std::string& path, const RowLine* row = nullptr,
               const ColumnLine* column = nullptr) const;
  // A title, note or text with its marks filled in, for a period and what a line stands for.
  std::string titled(std::string text, const Period& period, const std::string& words = {}) const;

 private:
  struct Here {  // where an expression stands
    CellKey key;
    Scope scope;
    CellSources* sources;
  };

  // What a line of `table` with this measure and dienst is repeated over.
  struct Repeated {
    const pb::Table& table;
    std::string measure;
    std::string dienst;
  };
  Result<std::vector<std::string>> codes(const Repeated& over, const std::string& dimension);
  Result<std::vector<std::string>> gemeenten(const Repeated& over);
  Status lay_out(const pb::Section& section, const pb::Table& table);
  Result<Scope> scope_of(const CellKey& key) const;

  Result<Worked> work_out(const CellKey& key);
  Result<Worked> control(const pb::Identiteit& identiteit, const std::string& column,
                         const Here& here);
  Result<Worked> totals(const CellKey& key, const Here& here);
  std::vector<CellKey> rows_of_total(const CellKey& key) const;
  std::vector<CellKey> columns_of_total(const CellKey& key) const;

  Result<Value> value(const pb::Expression& expression, const Here& here);
  Result<Value> reference(const pb::Expression& expression, const Here& here);
  CellKey meant(const pb::Expression& expression, const CellKey& from) const;
  using Combine = Value (*)(const std::vector<Value>&);
  Result<Value> combined(const pb::Expressions& parts, const Here& here, Combine combine);
  Result<Value> target(const pb::Target& target, Soort soort, const Here& here);
  Result<Value> elsewhen(const pb::In& in, const Here& here);
  Result<Value> afwijking(const pb::Afwijking& afwijking, const Here& here);
  Result<Value> begroting(const pb::Begroting& begroting, const Here& here);
  Result<Value> prognose(const pb::Prognose& prognose, const Here& here);
  // The organisation as the figures of a scope see it.
  Result<const Organisatie*> organisatie(const Scope& scope);
  std::optional<Derivation> derivation_of(const pb::Expression& expression,
                                          const CellKey& key) const;
  Result<std::string> parts_of(const pb::Expression& expression, const Here& here);

  const pb::ReportDefinition& definition_;
  const ReportRequest& request_;
  const ReportSources& sources_;
  Asker& asker_;
  std::vector<LaidTable> tables_;
  std::size_t cells_laid_ = 0;  // in the tables so far
  std::map<std::string, std::size_t> by_id_;
  std::map<CellKey, Worked> cells_;
  std::map<Position, Organisatie> organisaties_;
};

// Whether `expression` is another cell and nothing else.
bool is_reference(const pb::Expression& expression);

}  // namespace trede

"""`write_reports.py BUILD OUT`: the sample report and a real quarter, in the formats that the other
tests of this folder look at, as OUT/NAME.FORMAT."""
import pathlib
import subprocess
import sys
import tempfile

build, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
subprocess.run([build / "tests/e2e/pages/write_sample", out], check=True)
with tempfile.TemporaryDirectory() as folder:
    trede, data, events = build / "trede", folder + "/werk", folder + "/q1.csv"
    subprocess.run([build / "tests/reports/reconstruct", events], check=True, capture_output=True)
    subprocess.run([trede, "init", "--data", data], check=True, capture_output=True)
    subprocess.run([trede, "import", events, "--data", data, "--as-recorded"], check=True,
                   capture_output=True)
    for form in ("html", "xlsx", "csv"):
        report = subprocess.run([trede, "report", "kwartaal", "--van", "2021-01-01", "--tm",
                                 "2021-03-31", "--data", data, "--format", form], check=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
        (out / f"kwartaal.{form}").write_bytes(report)
print("wrote", *sorted(file.name for file in out.iterdir()))

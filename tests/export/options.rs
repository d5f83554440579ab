//! Options of exported figures: words, typeface, caption and panels; a file keeps them.
#![cfg(feature = "cli")]

use std::path::Path;
use std::{fs, io};

use crate::support::catalogue;
use crate::support::program::{command, text};
use crate::support::sheets;
use taskscope::export::{Layout, Size, Typeface, pdf, printed};
use taskscope::figure::{AxisScale, Estimate, Figure, Mark, MarkRole, Shape, TickFormat};
use taskscope::provenance::{Provenance, Wording};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = command(arguments).current_dir(folder).output().unwrap();
    (output.status.success(), text(&output.stderr))
}

fn done(folder: &Path, arguments: &[&str]) {
    let (success, said) = run(folder, arguments);
    assert!(success, "{arguments:?}: {said}");
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

const WORDS: [&str; 12] = [
    "--title",
    "A title of mine",
    "--xlabel",
    "angle, ψ",
    "--ylabel",
    "-what is saved",
    "--label",
    "measured=experiment",
    "--label",
    "theory=prediction",
    "--font",
    "serif",
];

#[test]
fn a_figure_with_other_words_keeps_them_when_it_is_drawn_again_from_its_own_file() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let asked = ["export", "two-tasks", "--trials", "3", "--figure", "gain", "--no-caption"];
    for ending in ["svg", "pdf"] {
        let (first, again) = (format!("a.{ending}"), format!("b.{ending}"));
        done(place, &[&asked[..], &WORDS, &["--out", &first]].concat());
        done(place, &["export", &first, "--out", &again]);
        let [first, again] = [first, again].map(|name| fs::read(place.join(name)).unwrap());
        assert!(first == again, "{ending}");
    }
    let drawn = read(place, "a.svg");
    let words = ["A title of mine", "angle, ψ", "-what is saved", "experiment", "prediction"];
    for word in words.iter().chain(&["DejaVu Serif"]) {
        assert!(drawn.contains(word), "{word}");
    }
    let shown = drawn.split("</metadata>").last().unwrap();
    assert!(!shown.contains("measured") && !shown.contains("paired"), "{shown}");
}

#[test]
fn the_command_inside_a_figure_has_its_options() {
    let folder = TempDir::new().unwrap();
    let asked = ["export", "two-tasks", "--trials", "3", "--figure", "gain", "--no-caption"];
    done(folder.path(), &[&asked[..], &WORDS, &["--out", "a.tex"]].concat());
    let drawn = read(folder.path(), "a.tex");
    let command = drawn.lines().next().unwrap();
    for option in [
        "--title 'A title of mine'",
        "--xlabel 'angle, ψ'",
        "--ylabel '-what is saved'",
        "--label measured=experiment",
        "--label theory=prediction",
        "--font serif",
        "--no-caption",
    ] {
        assert!(command.contains(option), "{option}: {command}");
    }
}

#[test]
fn an_unknown_name_and_a_file_that_is_no_font_are_refused_with_what_is_allowed() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    fs::write(place.join("no.ttf"), "no font").unwrap();
    let asked = ["export", "two-tasks", "--trials", "3", "--figure", "gain", "--out", "a.svg"];
    for (option, words) in [
        (["--label", "other=x"], vec!["\"other=x\"", "measured", "no difference", "theory"]),
        (["--label", "measured"], vec!["NAME=TEXT"]),
        (["--font", "no.ttf"], vec!["no.ttf", "no font", "sans, serif"]),
        (["--font", "missing.ttf"], vec!["missing.ttf"]),
    ] {
        let (success, said) = run(place, &[&asked[..], &option].concat());
        assert!(!success && words.iter().all(|word| said.contains(word)), "{option:?}: {said}");
        assert!(!place.join("a.svg").exists());
    }
}

#[test]
fn a_font_file_is_embedded_and_named() {
    let folder = TempDir::new().unwrap();
    let packed = include_bytes!("../../assets/fonts/DejaVuSerif.ttf.gz");
    let mut file = fs::File::create(folder.path().join("own.ttf")).unwrap();
    io::copy(&mut flate2::read::GzDecoder::new(&packed[..]), &mut file).unwrap();
    let asked = ["export", "two-tasks", "--figure", "plane", "--font", "own.ttf"];
    done(folder.path(), &[&asked[..], &["--format", "svg,pdf", "--out", "."]].concat());
    let page = fs::read(folder.path().join("two-tasks-plane.pdf")).unwrap();
    let holds = |what: &[u8]| page.windows(what.len()).any(|window| window == what);
    assert!(holds(b"FIGURE+DejaVuSerif") && !holds(b"DejaVuSans"));
    assert!(read(folder.path(), "two-tasks-plane.svg").contains("font-family=\"DejaVu Serif"));
}

#[test]
fn panels_are_one_figure_with_letters_one_common_legend_and_aligned_plots() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let asked =
        ["export", "two-tasks", "--trials", "3", "--panel", "gain,capacity,turning-data:gain"];
    for ending in ["svg", "pdf", "png", "tex"] {
        let (first, again) = (format!("a.{ending}"), format!("b.{ending}"));
        done(place, &[&asked[..], &["--preset", "text", "--out", &first]].concat());
        if ending != "tex" {
            done(place, &["export", &first, "--out", &again]);
            let [first, again] = [first, again].map(|name| fs::read(place.join(name)).unwrap());
            assert!(first == again, "{ending}");
        }
    }
    let drawn = read(place, "a.svg");
    let shown = drawn.split("</metadata>").last().unwrap();
    for letter in ["(a) Gain", "(b) Gain", "(c) Gain"] {
        assert_eq!(shown.matches(letter).count(), 1, "{letter}");
    }
    assert_eq!(shown.matches("n = 3, 95 %").count(), 1);
    for (entry, count) in [("theory\n", 1), ("measured\n", 1), ("no difference\n", 1)] {
        assert_eq!(shown.matches(entry).count(), count, "{entry}");
    }
    let frames = drawn.split("<clipPath").skip(1);
    let side = |frame: &str, name: &str| -> f64 {
        let rest = frame.split(&format!(" {name}=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let plots: Vec<[f64; 2]> = frames.map(|f| [side(f, "y"), side(f, "height")]).collect();
    assert_eq!(plots.len(), 3);
    assert!(plots.iter().all(|plot| *plot == plots[0]), "{plots:?}");
    let latex = read(place, "a.tex");
    assert!(
        latex.lines().next().unwrap().contains("--panel gain,capacity,turning-data:gain"),
        "{latex}"
    );
}

#[test]
fn the_name_of_a_horizontal_line_stands_beside_it_and_not_in_the_legend() {
    let folder = TempDir::new().unwrap();
    let asked = ["export", "two-tasks", "--trials", "30", "--figure", "gain", "--preset", "column"];
    done(folder.path(), &[&asked[..], &["--out", "a.svg"]].concat());
    let drawn = read(folder.path(), "a.svg");
    let shown = drawn.split("</metadata>").last().unwrap();
    let line = |words: &str| {
        let before = shown.split(&format!("{words}\n")).next().unwrap();
        let place = before.rsplit(" y=\"").next().unwrap();
        place.split('"').next().unwrap().parse::<f64>().unwrap()
    };
    assert_eq!(line("theory"), line("measured"));
    assert_ne!(line("no difference"), line("theory"));
}

#[test]
fn a_panel_with_equal_units_does_not_narrow_the_others() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let asked = ["export", "two-tasks", "--trials", "3", "--preset", "column"];
    let right = |panels: &str| -> f64 {
        done(place, &[&asked[..], &["--panel", panels, "--out", "a.svg"]].concat());
        let drawn = read(place, "a.svg");
        let frame = drawn.split("<clipPath").nth(1).unwrap().to_owned();
        let side = |name: &str| -> f64 {
            let rest = frame.split(&format!(" {name}=\"")).nth(1).unwrap();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        side("x") + side("width")
    };
    assert!((right("loss,plane") - right("loss,weights")).abs() < 2.0);
}

#[test]
fn a_label_of_ones_own_with_the_sign_of_percentages_takes_it_from_the_ticks() {
    let folder = TempDir::new().unwrap();
    let asked = ["export", "two-tasks", "--trials", "3", "--figure", "gain"];
    done(folder.path(), &[&asked[..], &["--ylabel", "gain (%)", "--out", "a.svg"]].concat());
    let drawn = read(folder.path(), "a.svg");
    let shown = drawn.split("</metadata>").last().unwrap();
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines.contains(&"+90") && !lines.contains(&"+90 %"), "{shown}");
}

#[test]
fn all_figures_leave_out_those_of_studies_and_a_second_gain_along_the_width_and_say_so() {
    let folder = TempDir::new().unwrap();
    let asked = ["export", "capacity", "--trials", "2", "--figure", "all", "--format", "csv"];
    let (success, said) = run(folder.path(), &[&asked[..], &["--out", "."]].concat());
    assert!(success, "{said}");
    for words in ["affinity, proxy, surrogate, sweep, phase", "capacity shows the same"] {
        assert!(said.contains(words), "{said}");
    }
    assert!(folder.path().join("capacity-capacity.csv").exists());
    assert!(!folder.path().join("capacity-gain-model-width.csv").exists());
}

#[test]
fn a_file_of_panels_has_its_own_scenarios_and_words() {
    let folder = TempDir::new().unwrap();
    let place = folder.path();
    let panels = "title = \"Two angles\"\nrows = 2\n\
                  [[panel]]\nfigure = \"plane\"\ntitle = \"near\"\n\
                  [[panel]]\nfigure = \"plane\"\npreset = \"two-tasks\"\nset = [\"source.angle=80\"]\n\
                  label = [\"source=the other task\"]\n";
    fs::write(place.join("p.toml"), panels).unwrap();
    done(place, &["export", "--panels", "p.toml", "--out", "a.svg"]);
    done(place, &["export", "a.svg", "--out", "b.svg"]);
    assert!(fs::read(place.join("a.svg")).unwrap() == fs::read(place.join("b.svg")).unwrap());
    let drawn = read(place, "a.svg");
    for words in ["Two angles", "(a) near", "the other task"] {
        assert!(drawn.contains(words), "{words}");
    }
    for (wrong, words) in [
        ("colums = 2\n[[panel]]\nfigure = \"plane\"\n", "line 1"),
        ("[[panel]]\nfigure = \"plan\"\n", "\"plan\""),
        ("columns = 2\n", "0 panels"),
    ] {
        fs::write(place.join("p.toml"), wrong).unwrap();
        let (success, said) = run(place, &["export", "--panels", "p.toml", "--out", "c.svg"]);
        assert!(!success && said.contains(words), "{said}");
    }
    let (success, said) = run(place, &["export", "--panel", "gain,plane", "--out", "c.csv"]);
    assert!(!success && said.contains("png, svg, pdf, tex"), "{said}");
}

/// The figures of the catalogue in the form of files.
fn shown() -> Vec<Figure> {
    let all = catalogue::all().iter();
    all.map(|one| printed(&one.figure, one.of.subject(), &one.drawing)).collect()
}

#[test]
fn figures_in_files_have_no_mark_of_the_current_setting_and_no_path_of_a_knob() {
    for figure in shown() {
        let here = figure.marks.iter().filter(|mark| mark.role == MarkRole::Here);
        assert!(figure.id != "gain" || here.count() == 0);
        for axis in [&figure.x, &figure.y] {
            let is_path = axis.label.split(' ').any(|word| {
                let parts: Vec<&str> = word.split('.').collect();
                parts.len() == 2 && parts.iter().all(|part| part.len() > 1)
            });
            assert!(!is_path, "{}: {}", figure.id, axis.label);
        }
    }
}

#[test]
fn the_number_of_trials_stands_once_in_the_legend() {
    for figure in shown() {
        let layout = Layout::of(&figure, Size::TEXT).unwrap();
        let said = layout.entries.iter().filter(|entry| entry.text.contains("n = ")).count();
        let counts: Vec<String> = figure.legend().into_iter().map(|entry| entry.text).collect();
        let counted = counts.iter().filter(|text| text.contains("(n = ")).count();
        assert!(said <= 1 || said == counted, "{}: {counts:?}", figure.id);
        assert!(counted == 0 || said >= 1, "{}: {counts:?}", figure.id);
    }
}

#[test]
fn an_axis_of_numbers_with_room_has_four_ticks_or_more() {
    for figure in shown() {
        for size in [Size::TEXT, Size::SLIDE] {
            let layout = Layout::of(&figure, size).unwrap();
            let (x, y) = (layout.plot.width(), layout.plot.height());
            for (axis, ruler, room) in
                [(&layout.sides.across, &layout.x, x / 5.0), (&layout.sides.up, &layout.y, y / 2.0)]
            {
                let few = match axis.format {
                    TickFormat::Names(_) => true,
                    TickFormat::Whole => (axis.to - axis.from).abs() < 5.0,
                    _ => axis.scale == AxisScale::Log && axis.to / axis.from > 100.0,
                };
                assert!(
                    few || room < 5.0 * layout.em || ruler.ticks.len() >= 4,
                    "{}: {} has {:?}",
                    figure.id,
                    axis.label,
                    ruler.ticks
                );
            }
        }
    }
}

#[test]
fn names_of_points_stand_beside_their_points_and_cover_neither_points_nor_each_other() {
    let mut drawn = 0;
    for figure in shown().iter().filter(|figure| figure.id == "proxy") {
        let size = Size::SLIDE;
        let layout = Layout::of(figure, size).unwrap();
        let page = sheets::page(&pdf(figure, size, &[]).unwrap());
        let is_named =
            |mark: &&Mark| matches!(mark.shape, Shape::Points { .. }) && !mark.labels.is_empty();
        let points = figure.marks.iter().find(is_named).unwrap();
        let Shape::Points { points: places, .. } = &points.shape else { panic!() };
        assert_eq!(places.len(), points.labels.len());
        let (scale, data) = (72.0 / size.dpi, layout.data);
        // Distances from the upper left corner, in points.
        let place = |x: f64, y: f64| {
            let (across, up) =
                (figure.x.share(x) * data.width(), figure.y.share(y) * data.height());
            ((data.left + across) * scale, (data.bottom - up) * scale)
        };
        let em = layout.em * scale;
        let mut boxes: Vec<[f64; 4]> = Vec::new();
        for (words, from, to) in page.words.iter().filter(|word| points.labels.contains(&word.0)) {
            let baseline = page.height - from.1;
            let own = [from.0, baseline - 0.55 * em, to.0, baseline];
            let near = |p: &Estimate| {
                let (x, y) = place(p.x, p.y);
                (x - from.0).abs().min((x - to.0).abs()) < em && (y - baseline).abs() < 2.0 * em
            };
            let index = points.labels.iter().position(|label| label == words).unwrap();
            assert!(near(&places[index]), "{words} is not beside its point");
            let covered = places
                .iter()
                .map(|p| place(p.x, p.y))
                .find(|(x, y)| (own[0]..own[2]).contains(x) && (own[1]..own[3]).contains(y));
            assert!(covered.is_none(), "{words} covers a point");
            let crossing = boxes.iter().find(|other| {
                own[0] < other[2] && other[0] < own[2] && own[1] < other[3] && other[1] < own[3]
            });
            assert!(crossing.is_none(), "{words} covers another name");
            boxes.push(own);
        }
        drawn += boxes.len();
    }
    assert!(drawn > 10, "{drawn}");
}

#[test]
fn words_that_replace_nothing_change_nothing() {
    for entered in catalogue::all() {
        let plain = printed(&entered.figure, entered.of.subject(), &entered.drawing);
        let wording = Wording { labels: vec!["nothing=x".into()], ..Wording::default() };
        let drawing = Provenance { wording, ..entered.drawing.clone() };
        let same = printed(&entered.figure, entered.of.subject(), &drawing);
        assert_eq!(format!("{same:?}"), format!("{plain:?}"));
    }
    assert!(Typeface::named("sans") == Some(Typeface::Sans) && Typeface::named("x").is_none());
}

#[test]
fn an_option_of_a_screen_is_refused_for_a_figure_with_the_one_of_figures() {
    let folder = TempDir::new().unwrap();
    for (flag, value, named) in [("--size", "120x36", "--preset"), ("--theme", "dark", "--colours")]
    {
        for figure in [&["--figure", "plane"][..], &[]] {
            let asked = ["export", "two-tasks", flag, value, "--out", "a.svg"];
            let (success, said) = run(folder.path(), &[&asked[..], figure].concat());
            assert!(!success && said.contains("--screen") && said.contains(named), "{said}");
        }
    }
}

#[test]
fn panels_of_one_title_are_named_by_their_scenarios_and_a_slide_keeps_its_shape() {
    let folder = TempDir::new().unwrap();
    let panels = "two-tasks:plane,turning-data:plane";
    let asked = ["export", "--trials", "3", "--panel", panels, "--preset", "slide"];
    done(folder.path(), &[&asked[..], &["--out", "a.svg"]].concat());
    let drawn = read(folder.path(), "a.svg");
    for named in ["(a) two-tasks: ", "(b) turning-data: "] {
        assert!(drawn.contains(named), "{named}");
    }
    assert!(drawn.contains("width=\"338.67mm\" height=\"190.50mm\""), "16 : 9");
}

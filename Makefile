# Two commands are all that a new user needs: `make demo` and `make test`.
SWIFT_BUILD = swift build -c release --build-tests
SWIFT_TEST = swift test -c release --disable-testable-imports

.PHONY: demo test test-slow test-reference bench methods fuzz build setup format check-format ctorch configs clean
.DEFAULT_GOAL := build

setup: ## Debian packages, libtorch and the demo's volumes (CUDA=1: the CUDA libraries too)
	@scripts/setup.sh $(if $(CUDA),--cuda)

build: setup ## the program, .build/release/pipeline
	@$(SWIFT_BUILD)

demo: build ## label savings on real brain slices, in minutes, with a report to look at
	@scripts/demo.sh

# A stop signal and the memory in use belong to the whole process: their tests stand alone.
ALONE = StopSignalTests|QueryScaleTests

test: build ## every test but the slow and the reference ones
	@$(SWIFT_TEST) --filter '$(ALONE)'
	@$(SWIFT_TEST) --skip '$(ALONE)'

test-slow: build ## kill-and-resume at length, studies, long gradient checks
	@MODICUM_SLOW=1 $(SWIFT_TEST) --skip '$(ALONE)'

test-reference: build ## against torchvision, timm, PyTorch, pydicom, nibabel and Pillow, in a virtual environment
	@scripts/reference-test.sh

bench: build ## ratios against PyTorch's eager step; writes .bench/results.json
	@scripts/bench.sh

methods: build ## every method of every stage on small real images (IMAGES=DIR, ONLY=REGEX, SMOKE=1: two steps)
	@python3 scripts/methods.py .build/release/pipeline .methods$(if $(SMOKE),-smoke --smoke) \
	  $(if $(IMAGES),--images '$(IMAGES)') $(if $(ONLY),--only '$(ONLY)') $(if $(SMOKE)$(ONLY),,--table docs/methods-measured.md)

bench-query: build ## seconds and memory of every query rule, and of other programs beside them
	@scripts/bench-query.sh

SECONDS_EACH = 600
fuzz: setup ## the image readers under libFuzzer: make fuzz SECONDS_EACH=600 SEEDS=DIR
	@scripts/fuzz.sh $(SECONDS_EACH) $(SEEDS)

ctorch: ## libCTorchLibrary.so alone, against any libtorch of at least 2.11: make ctorch TORCH=DIR
	@scripts/build-ctorch.sh $(TORCH)

check-format: ## the formatter's verdict
	@swift format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## the formatter's work
	@swift format --in-place --recursive --parallel Package.swift Sources Tests

configs: build ## Configs/STAGE.yaml and Configs/methods anew, after a setting has changed
	@for stage in pretrain al-finetune semisup run compare; do \
	  .build/release/pipeline config $$stage > Configs/$$stage.yaml; done
	@for stage in pretrain query fine-tune semisup; do \
	  .build/release/pipeline methods --stage $$stage --yaml > Configs/methods/$$stage.yaml; done

clean: ## what was built, not what was installed
	@rm -rf .build .bench

# `make` or `make help` lists the targets.

MVN     ?= mvn -B
COMPOSE ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)
EXAMPLE ?= examples/jobs.jsonl
# JRE of the image; any image with a Java 25 and bash will do.
JRE_IMAGE ?= eclipse-temurin:25.0.3_9-jre
KAGU_IMAGE ?= kagu:0.1.0-SNAPSHOT
DISPATCHERS ?= 1
# What `make simulation` and `make simulation-nightly` run; SEED=N replays one.
SEED ?=
FIRST ?= 1
SEEDS ?= 200
NIGHTLY_SEEDS ?= 20000
# What `make mutation` changes, and the tests that are to notice.
MUTATED ?= io.kagu.dispatcher.core.*
NOTICED_BY ?= io.kagu.dispatcher.core.*Test,io.kagu.dispatcher.pool.SimulationTest
# Extra options of the benchmarks, such as BENCH=--quick.
BENCH ?=

# Only for compose: the program itself takes KAGU_ variables as its settings.
image compose-up compose-down compose-logs: export JRE_IMAGE := $(JRE_IMAGE)
image compose-up compose-down compose-logs: export KAGU_IMAGE := $(KAGU_IMAGE)

.DEFAULT_GOAL := help
.PHONY: help build test format format-check simulation simulation-nightly mutation bench-core \
        bench-routing bench-pipeline bench-busy bench-chaos bench-soak bench-status \
        run-example local image compose-up compose-down compose-logs \
        clean

ONE_TEST = $(MVN) -q test -pl dispatcher -am -Djacoco.skip=true \
           -Dsurefire.failIfNoSpecifiedTests=false -Dmaven.test.redirectTestOutputToFile=false

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## compile and package everything, without tests
	$(MVN) -q -DskipTests package

test: ## compile, check and test everything
	$(MVN) verify

format: ## rewrite the Java sources with google-java-format
	-$(MVN) -q -N initialize -Dformat.mode=--replace
	$(MVN) -q -N initialize

format-check: ## fail if a Java source is not formatted
	$(MVN) -q -N initialize

simulation: ## run the simulation alone (SEED=N replays one seed, FIRST and SEEDS choose others)
	$(ONE_TEST) -Dtest=SimulationTest -Dkagu.simulation.first=$(FIRST) \
	  -Dkagu.simulation.seeds=$(SEEDS) $(if $(SEED),-Dkagu.simulation.seed=$(SEED))

simulation-nightly: ## run 20,000 seeds of the simulation and tell how far it is
	$(MAKE) simulation SEEDS=$(NIGHTLY_SEEDS)

mutation: ## change the core in small ways and list the changes that no test sees
	rm -rf dispatcher/target/mutation
	$(MVN) -q -Pmutation process-test-classes -pl dispatcher -am -Djacoco.skip=true \
	  '-Dmutation.classes=$(MUTATED)' '-Dmutation.tests=$(NOTICED_BY)'; status=$$?; dispatcher/mutation-survivors; exit $$status

bench-core: ## measure the core's decisions (BENCH=--quick for a first impression)
	./kagu bench core $(BENCH)

bench-routing: ## compare Kagu's routing with the usual ways, in virtual time
	./kagu bench routing $(BENCH)

bench-pipeline: ## measure throughput and latency against a bare consumer loop
	./kagu bench pipeline $(BENCH)

bench-busy: ## measure for which share of the time GPUs are busy while jobs wait
	./kagu bench busy $(BENCH)

bench-chaos: ## kill, freeze and cut real processes under load and judge the guarantees
	./kagu bench chaos $(BENCH)

bench-soak: ## send a million jobs through real processes and watch memory and disk
	./kagu bench soak $(BENCH)

bench-status: ## ask a status-api about a million jobs, beside a server that answers a constant
	./kagu bench status $(BENCH)

run-example: ## send the example jobs through an embedded stack
	./kagu run $(EXAMPLE)

local: ## start the embedded stack on port 8080 and keep it running
	./kagu local

image: ## build the container image from the packaged distribution
	$(MVN) -q -Dmaven.test.skip=true -Djacoco.skip=true -pl cli -am package
	docker build --build-arg JRE_IMAGE=$(JRE_IMAGE) -t $(KAGU_IMAGE) -f compose/Dockerfile .

compose-up: ## start the composed stack (DISPATCHERS=3 for three dispatchers)
	cd compose && $(COMPOSE) up -d --scale dispatcher=$(DISPATCHERS)

compose-down: ## stop the composed stack and keep its data
	cd compose && $(COMPOSE) down

compose-logs: ## follow the logs of the composed stack
	cd compose && $(COMPOSE) logs -f --tail=50

clean: ## remove everything that was built
	$(MVN) -q clean -Dformat.skip=true

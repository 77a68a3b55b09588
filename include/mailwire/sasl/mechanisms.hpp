// SPDX-License-Identifier: BSL-1.0
#pragma once

// All mechanisms. A program that uses one includes that one.
#include "mailwire/sasl/anonymous.hpp"
#include "mailwire/sasl/cram_md5.hpp"
#include "mailwire/sasl/external.hpp"
#include "mailwire/sasl/login.hpp"
#include "mailwire/sasl/oauthbearer.hpp"
#include "mailwire/sasl/plain.hpp"
#include "mailwire/sasl/scram_client.hpp"
#include "mailwire/sasl/scram_server.hpp"
#include "mailwire/sasl/xoauth2.hpp"

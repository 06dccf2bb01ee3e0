import Consensus

/// Something that goes wrong. Members are places: 0 is the first.
enum Fault {
    /// The process ends (`kill -9`): everything written so far stays, for the page cache outlives it.
    case kill(Int, down: Span)
    /// The machine ends: what was not synced is lost, sector by sector.
    case losePower(Int, down: Span)
    /// The machine ends in the middle of the next flush of its log.
    case losePowerInWrite(Int, down: Span)
    /// The machine ends while the process carries out its next turn: only the first of its messages leave.
    case losePowerInTurn(Int, down: Span)
    /// Every machine ends at the same moment; they come back one by one.
    case losePowerEverywhere(down: Span)
    /// SIGSTOP: the process does nothing, its sockets stay open, its disk finishes what it was given.
    case pause(Int, Span)
    /// Links are cut.
    case partition(Cut, Network<Payload>.Blockage, Span)
    /// All links get worse.
    case degrade(Network<Payload>.Quality, Span)
    /// Every connection to and from a member is reset.
    case resetConnections(Int)
    /// Jobs take long.
    case slowDisk(Int, SimulatedDisk.Speed, Span)
    /// Somebody sets the wall clock.
    case setWallClock(Int, milliseconds: Int64)
    /// Clients cannot reach a member; members can.
    case cutClients(Int, Span)
    /// The next read, write or sync fails: the member must stop, and is started again.
    case failDisk(Int, SimulatedDisk.Failure)
    /// Nothing that makes a file longer succeeds.
    case fillDisk(Int, Span)
    /// Nothing that the disk does comes to an end.
    case hangDisk(Int, Span)
    /// The process ends, and meanwhile sectors of its data directory rot; perhaps of others' as well.
    case rot(Int, Rot.Kind, down: Span)
    /// The monotonic clock runs at another rate.
    case driftClock(Int, perMillion: Int64)
    /// The leader is cut off with what its clients go on telling it; as soon as another leads, that one loses power
    /// and the old one is back (Raft, figure 8).
    case relay(Int, Network<Payload>.Blockage, Span)
    /// What a follower sends to the leader is held up until the leader has handed over and leads again.
    case handBack(Int, follower: Int, Span)

    /// What kind of fault it is: one of each kind and member is under way at a time.
    enum Kind: UInt8, CaseIterable {
        case kill = 1
        case losePower
        case losePowerInWrite
        case losePowerInTurn
        case losePowerEverywhere
        case pause
        case partition
        case degrade
        case resetConnections
        case slowDisk
        case setWallClock
        case cutClients
        case failDisk
        case fillDisk
        case hangDisk
        case rot
        case driftClock
        case relay
        case handBack

        /// Whether it needs another member than the one that it is about.
        var needsPeers: Bool {
            switch self {
            case .partition, .degrade, .resetConnections, .rot, .relay, .handBack: true
            default: false
            }
        }

        /// Whether it is about one member.
        var isAboutMember: Bool { self != .degrade && self != .losePowerEverywhere && self != .partition }
    }

    /// Which links a partition cuts.
    struct Cut {
        enum Shape: UInt8, CaseIterable {
            /// Two groups that do not hear each other.
            case halves = 1
            /// One member hears nobody and is heard by nobody.
            case isolated
            /// One member is heard but hears nothing.
            case deaf
            /// One member hears but is not heard.
            case mute
            /// One pair of members.
            case singleLink
            /// One direction between one pair.
            case oneWay
            /// Two groups that share one member.
            case bridge
            /// Each member reaches its two neighbours and nobody else. (Three members are a ring as they are: then
            /// one pair is cut.)
            case ring
        }

        var shape: Shape
        /// Directed, from and to.
        var links: [(from: Int, to: Int)]
    }
}

extension Fault.Cut {
    /// - Parameter center: the member that a shape with a centre is about.
    init(_ shape: Shape, memberCount: Int, center: Int, random: inout Random) {
        self.shape = shape
        links = []
        let others = (0..<memberCount).filter { $0 != center }
        switch shape {
        case .halves:
            var order = Array(0..<memberCount)
            order.shuffle(using: &random)
            let split = random.number(in: 1...(memberCount - 1))
            for left in order[..<split] { for right in order[split...] { cut(left, right) } }
        case .isolated:
            for other in others { cut(center, other) }
        case .deaf:
            for other in others { links.append((other, center)) }
        case .mute:
            for other in others { links.append((center, other)) }
        case .singleLink:
            cut(center, random.element(of: others))
        case .oneWay:
            links.append((center, random.element(of: others)))
        case .bridge:
            let split = max(1, others.count / 2)
            for left in others[..<split] { for right in others[split...] { cut(left, right) } }
        case .ring:
            if memberCount <= 3 { cut(center, random.element(of: others)) }
            for left in 0..<memberCount {
                for right in (left + 1)..<memberCount where right - left != 1 && right - left != memberCount - 1 {
                    cut(left, right)
                }
            }
        }
    }

    private mutating func cut(_ left: Int, _ right: Int) {
        links.append((left, right))
        links.append((right, left))
    }
}
